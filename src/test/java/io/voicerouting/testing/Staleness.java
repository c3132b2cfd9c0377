package io.voicerouting.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How long answers may be from before a change. The bound is for the moment at which a request
 * begins, and for a cache that is trusted: a busy machine may make no request for longer than that,
 * and with a database that is slow, entries are served degraded.
 */
public final class Staleness {

  private Staleness() {}

  /**
   * Repeats a request until its answer is from after the change. Fails if it is from before it in a
   * request that begins later than the bound, and after the cache was seen to be trusted. Answers
   * may be neither: an instance may be unable to answer for a moment.
   *
   * @param changedNanos {@link System#nanoTime} when the change had been committed
   * @param bound how long the service may answer as before
   * @param ops operations of the instance that is asked
   * @param request makes the request
   * @param isOld whether an answer is from before the change
   * @param isNew whether an answer is from after the change
   */
  public static <T> void awaitEnd(
      long changedNanos,
      Duration bound,
      Calls ops,
      Supplier<T> request,
      Predicate<T> isOld,
      Predicate<T> isNew) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              Duration since = Duration.ofNanos(System.nanoTime() - changedNanos);
              boolean over = since.compareTo(bound) > 0 && trusts(ops);
              T answer = request.get();
              assertThat(over && isOld.test(answer))
                  .as("The answer to a request %d ms after the change is old", since.toMillis())
                  .isFalse();
              return isNew.test(answer);
            });
  }

  private static boolean trusts(Calls ops) {
    return "trusted"
        .equals(ops.get("/actuator/routing-cache").body().at("/redis/state").asString(""));
  }
}
