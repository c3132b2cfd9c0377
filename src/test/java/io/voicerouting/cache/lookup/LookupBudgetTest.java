package io.voicerouting.cache.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.cache.database.LoadFailedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long a lookup waits for what the database is asked for. */
class LookupBudgetTest {

  private static final Duration OVER = Duration.ZERO;
  private static final Duration LONG = Duration.ofMinutes(1);

  private final CompletableFuture<String> load = new CompletableFuture<>();

  @Test
  void oneLookAtADatabaseThatSeemsToBeAwayIsNotEnoughToGiveUp() {
    AtomicInteger looks = new AtomicInteger();
    LookupBudget time =
        new LookupBudget(
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
    LookupBudget time = new LookupBudget(Duration.ofSeconds(2), LONG, () -> false);
    load.completeOnTimeout("loaded", 1500, TimeUnit.MILLISECONDS); // longer than two thirds

    assertThat(time.await(load)).isEqualTo("loaded");
    assertThat(time.redis().passed()).isFalse();
    assertThat(time.redisAlone().passed()).isFalse();
  }

  @Test
  void aDatabaseThatIsStillAwayIsGivenUpWhenTheTimeIsOver() {
    LookupBudget time = new LookupBudget(OVER, LONG, () -> true);

    assertThatThrownBy(() -> time.await(load)).isInstanceOf(LookupBudget.OverException.class);
  }

  @Test
  void aDatabaseThatIsAwayIsWaitedForWhileThereIsTime() {
    AtomicInteger looks = new AtomicInteger();
    LookupBudget time =
        new LookupBudget(
            LONG,
            Duration.ofMillis(50),
            () -> {
              looks.incrementAndGet();
              return true;
            });
    looks.set(0); // those of the wait

    assertThatThrownBy(() -> time.await(load))
        .isInstanceOf(LoadFailedException.class)
        .isNotInstanceOf(LookupBudget.OverException.class);
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
    assertThat(new LookupBudget(budget, budget, () -> away).await(load)).isEqualTo("loaded");
    return Duration.ofNanos(asked.get());
  }

  @Test
  void aSlowDatabaseIsWaitedForUntilTheTimeoutOfLoads() {
    LookupBudget time = new LookupBudget(OVER, Duration.ofMillis(50), () -> false);

    assertThatThrownBy(() -> time.await(load))
        .isInstanceOf(LoadFailedException.class)
        .isNotInstanceOf(LookupBudget.OverException.class);
  }

  @Test
  void waitingForTheDatabaseDoesNotTakeTheTimeOfRedis() {
    Duration waited = Duration.ofSeconds(1);
    LookupBudget time = new LookupBudget(LONG, waited, () -> false);
    assertThatThrownBy(() -> time.await(load)).isInstanceOf(LoadFailedException.class);

    Duration left = Duration.ofNanos(time.redis().remainingNanos());
    assertThat(left).isGreaterThan(LONG.dividedBy(2).minus(waited));
  }
}
