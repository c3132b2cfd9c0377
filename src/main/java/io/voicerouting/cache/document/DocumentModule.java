package io.voicerouting.cache.document;

import java.time.Instant;
import java.time.LocalDate;
import tools.jackson.databind.module.SimpleModule;

/** Makes Jackson read documents with less work than by default, and with the same result. */
final class DocumentModule extends SimpleModule {

  private static final long serialVersionUID = 1L;

  DocumentModule() {
    addDeserializer(LocalDate.class, IsoTimes.dates());
    addDeserializer(Instant.class, IsoTimes.instants());
  }

  @Override
  public void setupModule(SetupContext context) {
    super.setupModule(context);
    context.addValueInstantiators(new RecordConstructors());
  }
}
