package io.voicerouting.platform;

import io.voicerouting.common.CurrentClient;
import java.util.List;
import org.springframework.stereotype.Component;

/** The secret of the caller's token, or else those of the settings. */
@Component
final class CallerSecrets implements SignatureSecrets {

  private final CurrentClient clients;
  private final SignatureProperties settings;

  CallerSecrets(CurrentClient clients, SignatureProperties settings) {
    this.clients = clients;
    this.settings = settings;
  }

  @Override
  public List<String> ofCaller() {
    String own = clients.signatureSecret();
    return own == null ? settings.secrets() : List.of(own);
  }
}
