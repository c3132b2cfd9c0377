package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.HOURS) // for the long runs
class CoherenceCheckerTest {

  private static final Duration DURATION = Duration.ofSeconds(Long.getLong("coherence.seconds", 8));
  private static final long SEED = Long.getLong("coherence.seed", System.nanoTime());

  @Test
  void nobodyIsAnsweredFromBeforeAnAcknowledgedWriteWhateverRedisDoes()
      throws InterruptedException {
    check(new CoherenceChecker(DURATION, false, false, SEED), "Coherence");
  }

  @Test
  void nearCachesAreNeverMoreThanTwoSecondsBehind() throws InterruptedException {
    CoherenceChecker.Report report =
        check(new CoherenceChecker(DURATION, true, false, SEED), "Coherence with near caches");

    assertThat(report.nearHits()).isPositive();
  }

  @Test
  void writersThatForgetToEvictAreFound() throws InterruptedException {
    CoherenceChecker checker = new CoherenceChecker(Duration.ofMinutes(1), false, true, SEED);

    assertThat(checker.run().violations()).isPositive();
  }

  private static CoherenceChecker.Report check(CoherenceChecker checker, String title)
      throws InterruptedException {
    CoherenceChecker.Report report = checker.run();
    System.out.println(title + ": " + report);

    assertThat(report.violations()).isZero();
    assertThat(report.faults()).isPositive();
    assertThat(report.writes()).isPositive();
    assertThat(report.crashes()).isPositive();
    assertThat(report.hits()).isPositive();
    return report;
  }
}
