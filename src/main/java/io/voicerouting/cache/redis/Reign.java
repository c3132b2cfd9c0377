package io.voicerouting.cache.redis;

import io.voicerouting.cache.CacheUnavailableException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads a server's reign from the reply to {@code INFO replication}. A primary's {@code
 * master_replid} is new after every promotion, also on a server that was primary before.
 */
final class Reign {

  private static final String PRIMARY = "master";

  private Reign() {}

  /** The server is a replica. */
  static final class NotPrimaryException extends CacheUnavailableException {
    private static final long serialVersionUID = 1L;

    NotPrimaryException(String role) {
      super("Redis has role '" + role + "' (expected: master)");
    }
  }

  /** Returns the {@code name:value} lines of a reply to {@code INFO}. */
  static Map<String, String> fields(String info) {
    return info.lines()
        .map(line -> line.split(":", 2))
        .filter(field -> field.length == 2)
        .collect(Collectors.toMap(field -> field[0], field -> field[1].strip(), (a, b) -> a));
  }

  /**
   * Returns the reign.
   *
   * @throws NotPrimaryException if the server is a replica
   * @throws CacheUnavailableException if the reply names no replication id
   */
  static String of(String info) {
    Map<String, String> fields = fields(info);
    String role = fields.getOrDefault("role", "unknown");
    if (!role.equals(PRIMARY)) {
      throw new NotPrimaryException(role);
    }
    String reign = fields.get("master_replid");
    if (reign == null) {
      throw new CacheUnavailableException("INFO replication names no master_replid");
    }
    return reign;
  }
}
