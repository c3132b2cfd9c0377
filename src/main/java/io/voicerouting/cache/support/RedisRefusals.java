package io.voicerouting.cache.support;

import io.lettuce.core.RedisCommandExecutionException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Commands of lookups that Redis answered with an error, for lack of memory or of a permission. The
 * lookups are answered from the database, so that nothing else shows it. Thread-safe.
 */
public final class RedisRefusals {

  /** How long a refusal is shown, and the shortest time between two log lines. */
  static final Duration RECENT = Duration.ofMinutes(1);

  private final NanoClock clock;
  private final Counter counter;
  private final LogThrottle lines;
  private volatile @Nullable Refusal last; // null: none yet

  private record Refusal(String message, Deadline shownUntil) {}

  RedisRefusals(MeterRegistry registry, NanoClock clock) {
    this.clock = clock;
    this.lines = new LogThrottle(clock, RECENT);
    this.counter =
        Counter.builder("routing.cache.redis.refusals")
            .description("Commands of lookups that Redis answered with an error")
            .register(registry);
  }

  /** Counts and remembers a refusal, and logs one a minute. */
  public void record(RedisCommandExecutionException refusal) {
    counter.increment();
    last = new Refusal(String.valueOf(refusal.getMessage()), Deadline.after(RECENT, clock));
    if (lines.permits()) {
      CacheLog.refused(refusal);
    }
  }

  /** Returns the error of the last refusal; null if there was none within a minute. */
  public @Nullable String recent() {
    Refusal current = last;
    return current == null || current.shownUntil.passed() ? null : current.message;
  }
}
