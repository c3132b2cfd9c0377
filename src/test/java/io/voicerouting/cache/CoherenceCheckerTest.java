package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.HOURS) // for the long runs
@EngineTest
class CoherenceCheckerTest {

  private static final Duration DURATION = Duration.ofSeconds(Long.getLong("coherence.seconds", 8));

  /** A fault of several servers takes several seconds, and the last one is waited for. */
  private static final Duration GROUP_DURATION =
      Duration.ofSeconds(Long.getLong("coherence.seconds", 4));

  private static final long SEED = Long.getLong("coherence.seed", System.nanoTime());

  @Test
  void noAnswerIsOlderThanAnAcknowledgedWriteUnderRedisFaults() throws InterruptedException {
    check(checker(DURATION, StandaloneCoherenceServers::new, false), "Coherence");
  }

  @Test
  void nearCachesAreAtMostTwoSecondsBehind() throws InterruptedException {
    CoherenceChecker.Report report =
        check(
            checker(DURATION, StandaloneCoherenceServers::new, true), "Coherence with near caches");

    assertThat(report.nearHits()).isPositive();
  }

  @Test
  void noAnswerIsOlderThanAnAcknowledgedWriteUnderSentinelFaults() throws InterruptedException {
    check(checker(GROUP_DURATION, SentinelCoherenceServers::new, false), "Coherence, Sentinel");
  }

  @Test
  void nearCachesOfASentinelGroupAreAtMostTwoSecondsBehind() throws InterruptedException {
    CoherenceChecker.Report report =
        check(
            checker(GROUP_DURATION, SentinelCoherenceServers::new, true),
            "Coherence with near caches, Sentinel");

    assertThat(report.nearHits()).isPositive();
  }

  @Test
  void noAnswerIsOlderThanAnAcknowledgedWriteUnderClusterFaults() throws InterruptedException {
    check(checker(GROUP_DURATION, ClusterCoherenceServers::new, false), "Coherence, Cluster");
  }

  @Test
  void nearCachesOfAClusterAreAtMostTwoSecondsBehind() throws InterruptedException {
    CoherenceChecker.Report report =
        check(
            checker(GROUP_DURATION, ClusterCoherenceServers::new, true),
            "Coherence with near caches, Cluster");

    assertThat(report.nearHits()).isPositive();
  }

  @Test
  void writersWithoutEvictionsAreDetected() throws InterruptedException {
    CoherenceChecker checker =
        new CoherenceChecker(
            Duration.ofMinutes(1), StandaloneCoherenceServers::new, false, true, SEED);

    assertThat(checker.run().violations()).isPositive();
  }

  private static CoherenceChecker checker(
      Duration duration, Supplier<CoherenceServers> servers, boolean near) {
    return new CoherenceChecker(duration, servers, near, false, SEED);
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
