package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long a lookup waits for what the database is asked for. */
class LookupTimeTest {

  private static final Duration OVER = Duration.ZERO;
  private static final Duration LONG = Duration.ofMinutes(1);

  private final CompletableFuture<String> load = new CompletableFuture<>();

  @Test
  void oneLookAtADatabaseThatSeemsToBeAwayIsNotEnoughToGiveUp() {
    AtomicInteger looks = new AtomicInteger();
    LookupTime time =
        new LookupTime(
            OVER,
            LONG,
            () -> {
              if (looks.incrementAndGet() == 4) {
                load.complete("loaded");
              }
              return looks.get() % 2 == 1; // as if its answer came right after each first look
            });
    looks.set(0); // those of the wait

    assertThat(time.await(load)).isEqualTo("loaded");
    assertThat(looks).hasValue(4);
  }

  @Test
  void waitingForTheDatabaseTakesNothingOfRedisTimeWhicheverThatIs() {
    LookupTime time = new LookupTime(Duration.ofSeconds(2), LONG, () -> false);
    load.completeOnTimeout("loaded", 1500, TimeUnit.MILLISECONDS); // longer than two thirds

    assertThat(time.await(load)).isEqualTo("loaded");
    assertThat(time.redis().passed()).isFalse();
    assertThat(time.redisAlone().passed()).isFalse();
  }

  @Test
  void aDatabaseThatIsStillAwayIsGivenUpWhenTheTimeIsOver() {
    LookupTime time = new LookupTime(OVER, LONG, () -> true);

    assertThatThrownBy(() -> time.await(load)).isInstanceOf(LookupTime.OverException.class);
  }

  @Test
  void aDatabaseThatIsAwayIsWaitedForWhileThereIsTime() {
    AtomicInteger looks = new AtomicInteger();
    LookupTime time =
        new LookupTime(
            LONG,
            Duration.ofMillis(50),
            () -> {
              looks.incrementAndGet();
              return true;
            });
    looks.set(0); // those of the wait

    assertThatThrownBy(() -> time.await(load))
        .isInstanceOf(LoadFailedException.class)
        .isNotInstanceOf(LookupTime.OverException.class);
    assertThat(looks).hasValue(0);
  }

  @Test
  void aDatabaseThatWasAwayAtTheStartIsWaitedForLessLong() {
    Duration budget = Duration.ofMinutes(3);

    assertThat(firstWait(budget, true)).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    assertThat(firstWait(budget, false)).isBetween(Duration.ofMinutes(1), Duration.ofSeconds(90));
  }

  /** How long a lookup of that budget is ready to wait before it looks for the first time. */
  private static Duration firstWait(Duration budget, boolean away) {
    AtomicLong asked = new AtomicLong();
    CompletableFuture<String> load =
        new CompletableFuture<>() {
          @Override
          public String get(long timeout, TimeUnit unit) {
            asked.set(unit.toNanos(timeout));
            return "loaded";
          }
        };
    assertThat(new LookupTime(budget, budget, () -> away).await(load)).isEqualTo("loaded");
    return Duration.ofNanos(asked.get());
  }

  @Test
  void aSlowDatabaseIsWaitedForUntilTheTimeoutOfLoads() {
    LookupTime time = new LookupTime(OVER, Duration.ofMillis(50), () -> false);

    assertThatThrownBy(() -> time.await(load))
        .isInstanceOf(LoadFailedException.class)
        .isNotInstanceOf(LookupTime.OverException.class);
  }

  @Test
  void waitingForTheDatabaseDoesNotTakeTheTimeOfRedis() {
    Duration waited = Duration.ofSeconds(1);
    LookupTime time = new LookupTime(LONG, waited, () -> false);
    assertThatThrownBy(() -> time.await(load)).isInstanceOf(LoadFailedException.class);

    Duration left = Duration.ofNanos(time.redis().remainingNanos());
    assertThat(left).isGreaterThan(LONG.dividedBy(2).minus(waited));
  }
}
