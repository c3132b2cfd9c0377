package io.voicerouting.timezone;

import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.common.TimeZones;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Creates the periodic check of the time zone rules. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class TimeZoneConfiguration {

  /**
   * @param rules loaded first: their version is announced
   */
  @Bean
  TimeZoneCheck timeZoneCheck(
      TimeZoneRules rules, JdbcClient jdbc, MeterRegistry registry, Clock clock) {
    return new TimeZoneCheck(
        new InstanceTimeZones(jdbc, TimeZones.version()),
        new DatabaseTimeZones(jdbc),
        registry,
        clock);
  }
}
