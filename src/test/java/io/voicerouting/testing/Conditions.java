package io.voicerouting.testing;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a state of servers. */
final class Conditions {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  private Conditions() {}

  /**
   * Returns when the condition is true. A {@link RedisException} counts as false, because a server
   * may be starting.
   *
   * @param description the state, as the message of a timeout names it
   * @throws org.awaitility.core.ConditionTimeoutException after {@link Patience#LIMIT}
   */
  static void await(String description, BooleanSupplier condition) {
    org.awaitility.Awaitility.await(description)
        .atMost(Patience.LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL_INTERVAL)
        .ignoreExceptionsInstanceOf(RedisException.class)
        .until(condition::getAsBoolean);
  }
}
