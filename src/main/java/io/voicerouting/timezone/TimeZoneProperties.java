package io.voicerouting.timezone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of time zones.
 *
 * @param tzdb file with time zone rules to use instead of the JVM's, such as {@code lib/tzdb.dat}
 *     of a newer JDK; null or empty for those of the JVM
 */
@ConfigurationProperties("routing")
record TimeZoneProperties(@Nullable Path tzdb) {

  TimeZoneProperties {
    tzdb = tzdb == null || tzdb.toString().isEmpty() ? null : tzdb;
  }
}
