package io.voicerouting.audit;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the audit log.
 *
 * @param retention how long changes are kept; a number without a unit means days. 1d or more.
 */
@ConfigurationProperties("routing.audit")
record AuditProperties(@DefaultValue("400d") @DurationUnit(ChronoUnit.DAYS) Duration retention) {

  AuditProperties {
    if (retention.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("retention: " + retention + " (expected: 1d or more)");
    }
  }
}
