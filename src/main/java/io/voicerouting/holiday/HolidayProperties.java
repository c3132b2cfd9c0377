package io.voicerouting.holiday;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of holiday calendars.
 *
 * @param allowPrivateAddresses whether feeds may be fetched from private and loopback addresses;
 *     for tests
 * @param pollInterval how often an instance looks for calendars that are due
 */
@ConfigurationProperties("routing.holidays")
record HolidayProperties(
    @DefaultValue("false") boolean allowPrivateAddresses,
    @DefaultValue("10s") Duration pollInterval) {

  /**
   * Validates the interval.
   *
   * @throws IllegalArgumentException if it is shorter than a second
   */
  HolidayProperties {
    if (pollInterval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "routing.holidays.poll-interval: '" + pollInterval + "' (expected: 1s or more)");
    }
  }
}
