package io.voicerouting.testing;

import java.util.stream.Stream;

/**
 * Settings of applications in tests, the longest that are permitted: by default a lookup bypasses
 * Redis after a tenth of a second, for which a busy machine may stop.
 */
public final class TestTimeouts {

  /** For the reply to a command. */
  public static final String COMMAND = "routing.cache.command-timeout=500ms";

  /** For all lookups of a request. */
  public static final String LOOKUP = "routing.cache.lookup-budget=5s";

  /** For a fill. */
  public static final String LEASE = "routing.cache.lease-ttl=30s";

  /** For a load. */
  public static final String LOAD = "routing.cache.load-timeout=30s";

  /** For a connection to the database. */
  public static final String CONNECTION = "spring.datasource.hikari.connection-timeout=10000";

  private TestTimeouts() {}

  /** Adds them to the arguments of an application. */
  public static String[] with(String... arguments) {
    return Stream.concat(
            Stream.of(COMMAND, LOOKUP, LEASE, LOAD, CONNECTION).map("--"::concat),
            Stream.of(arguments))
        .toArray(String[]::new);
  }
}
