package io.voicerouting.timezone;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.common.TimeZones;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.stereotype.Component;

/** Loads the configured rules at start. */
@Component
class TimeZoneRules implements DisposableBean {

  /**
   * Loads the rules.
   *
   * @throws InvalidConfigurationPropertyValueException if the configured file has none
   */
  TimeZoneRules(TimeZoneProperties properties, MeterRegistry registry) {
    Path file = properties.tzdb();
    if (file != null) {
      load(file);
    }
    Gauge.builder("routing.tzdata.info", () -> 1)
        .description("Version of the time zone rules in use")
        .tag("version", TimeZones.version())
        .register(registry);
  }

  private static void load(Path file) {
    try {
      TimeZones.useRulesOf(file);
    } catch (IOException e) {
      throw new InvalidConfigurationPropertyValueException(
          "routing.tzdb", file, "Expected: a file like lib/tzdb.dat of a JDK. " + e);
    }
  }

  @Override
  public void destroy() {
    TimeZones.useRulesOfJvm();
  }
}
