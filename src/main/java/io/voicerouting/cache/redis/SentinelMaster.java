package io.voicerouting.cache.redis;

import java.time.Duration;
import java.util.Map;

/**
 * A Sentinel's view of the primary of a group.
 *
 * @param host as the Sentinel reports it
 * @param configEpoch number of the failover that made it the primary; the highest is the latest
 * @param downAfter how long it may be silent before it is regarded as down
 * @param replicas how many it has, including those that are down or disconnected from it
 */
public record SentinelMaster(
    String host, int port, long configEpoch, Duration downAfter, long replicas) {

  /**
   * Reads the reply to {@code SENTINEL MASTER}.
   *
   * @throws IllegalArgumentException if a field is missing or not a number
   */
  static SentinelMaster of(Map<String, String> fields) {
    return new SentinelMaster(
        text(fields, "ip"),
        Math.toIntExact(number(fields, "port")),
        number(fields, "config-epoch"),
        Duration.ofMillis(number(fields, "down-after-milliseconds")),
        number(fields, "num-slaves"));
  }

  private static long number(Map<String, String> fields, String name) {
    return Long.parseLong(text(fields, name));
  }

  private static String text(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("SENTINEL MASTER has no " + name);
    }
    return value;
  }

  boolean isAt(SentinelMaster other) {
    return port == other.port && host.equals(other.host);
  }
}
