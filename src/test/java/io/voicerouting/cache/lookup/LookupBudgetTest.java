package io.voicerouting.cache.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.cache.ManualClock;
import io.voicerouting.cache.database.LoadFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** How long a lookup waits for the database and for Redis. Waiting moves the clock of the test. */
class LookupBudgetTest {

  private static final Duration BUDGET = Duration.ofSeconds(30);
  private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(60);

  private final ManualClock clock = new ManualClock();
  private final Load load = new Load();

  /** A load on which waiting takes the clock's time, and none of the test's. */
  private final class Load extends CompletableFuture<String> {
    private final List<Duration> waits = new ArrayList<>();
    private Duration left = Duration.ofDays(1);

    @Override
    public String get(long timeout, TimeUnit unit) throws TimeoutException {
      Duration wait = Duration.ofNanos(unit.toNanos(timeout));
      waits.add(wait);
      if (wait.compareTo(left) < 0) {
        left = left.minus(wait);
        clock.advance(wait);
        throw new TimeoutException();
      }
      clock.advance(left);
      return "loaded";
    }
  }

  private LookupBudget budget(BooleanSupplier databaseDown) {
    return new LookupBudget(BUDGET, LOAD_TIMEOUT, databaseDown, clock);
  }

  private boolean downAfterStart;

  @Test
  void databaseFoundDownGetsHalfOfTheBudget() {
    LookupBudget budget = budget(() -> downAfterStart);
    downAfterStart = true;
    long start = clock.getAsLong();

    assertThatThrownBy(() -> budget.await(load)).isInstanceOf(LookupBudget.OverException.class);
    assertThat(Duration.ofNanos(clock.getAsLong() - start))
        .isBetween(BUDGET.dividedBy(2), BUDGET.dividedBy(2).plusMillis(10));
  }

  @Test
  void databaseDownAtTheStartGetsAThirdOfTheBudget() {
    LookupBudget budget = budget(() -> true);
    long start = clock.getAsLong();

    assertThatThrownBy(() -> budget.await(load)).isInstanceOf(LookupBudget.OverException.class);
    assertThat(Duration.ofNanos(clock.getAsLong() - start))
        .isBetween(BUDGET.dividedBy(3), BUDGET.dividedBy(3).plusMillis(10));
  }

  @Test
  void databaseThatAnsweredBetweenChecksIsAwaited() {
    List<Boolean> checks = new ArrayList<>();
    LookupBudget budget =
        budget(
            () -> {
              checks.add(checks.size() % 2 == 1); // down at every second check
              return checks.getLast();
            });
    load.left = BUDGET.dividedBy(2).plusMillis(50);

    assertThat(budget.await(load)).isEqualTo("loaded");
    assertThat(checks).contains(true).hasSizeGreaterThan(4);
  }

  @Test
  void slowDatabaseGetsTheLoadTimeout() {
    LookupBudget budget = budget(() -> false);
    long start = clock.getAsLong();

    assertThatThrownBy(() -> budget.await(load))
        .isInstanceOf(LoadFailedException.class)
        .isNotInstanceOf(LookupBudget.OverException.class);
    assertThat(Duration.ofNanos(clock.getAsLong() - start)).isEqualTo(LOAD_TIMEOUT);
  }

  @Test
  void loadTimeoutCountsFromTheStartOfTheWait() {
    LookupBudget budget = budget(() -> false);
    clock.advance(BUDGET);

    assertThatThrownBy(() -> budget.await(load)).isInstanceOf(LoadFailedException.class);
    assertThat(load.waits.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(LOAD_TIMEOUT);
  }

  @Test
  void databaseWaitsDoNotReduceTheRedisBudget() {
    LookupBudget budget = budget(() -> false);
    load.left = BUDGET.multipliedBy(2).dividedBy(3).plusSeconds(1); // longer than Redis may take

    assertThat(budget.await(load)).isEqualTo("loaded");
    assertThat(Duration.ofNanos(budget.redis().remainingNanos())).isEqualTo(BUDGET.dividedBy(2));
    assertThat(budget.extendedRedis().passed()).isFalse();
  }

  @Test
  void redisGetsTwoThirdsOfTheBudget() {
    LookupBudget budget = budget(() -> false);
    clock.advance(BUDGET.dividedBy(2));

    assertThat(budget.redis().passed()).isTrue();
    assertThat(Duration.ofNanos(budget.extendedRedis().remainingNanos()))
        .isEqualTo(BUDGET.multipliedBy(2).dividedBy(3).minus(BUDGET.dividedBy(2)));
  }
}
