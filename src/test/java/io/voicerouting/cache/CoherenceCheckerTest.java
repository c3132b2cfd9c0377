package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CoherenceCheckerTest {

  private static final long SECONDS = Long.getLong("coherence.seconds", 8);

  @Test
  void nobodyIsAnsweredFromBeforeAnAcknowledgedWriteWhateverRedisDoes()
      throws InterruptedException {
    check(new CoherenceChecker(Duration.ofSeconds(SECONDS), false), "Coherence");
  }

  @Test
  void nearCachesAreNeverMoreThanTwoSecondsBehind() throws InterruptedException {
    check(new CoherenceChecker(Duration.ofSeconds(SECONDS), true), "Coherence with near caches");
  }

  private static void check(CoherenceChecker checker, String title) throws InterruptedException {
    CoherenceChecker.Report report = checker.run();
    System.out.println(title + ": " + report);

    assertThat(report.violations()).isZero();
    assertThat(report.faults()).isPositive();
    assertThat(report.writes()).isPositive();
    assertThat(report.hits()).isPositive();
  }
}
