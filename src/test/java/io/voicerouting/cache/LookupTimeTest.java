package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
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

    assertThat(time.await(load)).isEqualTo("loaded");
    assertThat(looks).hasValue(4);
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

    assertThatThrownBy(() -> time.await(load))
        .isInstanceOf(LoadFailedException.class)
        .isNotInstanceOf(LookupTime.OverException.class);
    assertThat(looks).hasValue(0);
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
