package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CoherenceCheckerTest {

  private static final long SECONDS = Long.getLong("coherence.seconds", 8);

  @Test
  void nobodyIsAnsweredFromBeforeAnAcknowledgedWriteWhateverRedisDoes()
      throws InterruptedException {
    CoherenceChecker.Report report = new CoherenceChecker(Duration.ofSeconds(SECONDS)).run();
    System.out.println("Coherence: " + report);

    assertThat(report.violations()).isZero();
    assertThat(report.faults()).isPositive();
    assertThat(report.writes()).isPositive();
    assertThat(report.hits()).isPositive();
  }
}
