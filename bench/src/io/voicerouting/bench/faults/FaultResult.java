package io.voicerouting.bench.faults;

import io.voicerouting.bench.faults.DocumentWriter.Write;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * What was measured from the beginning of a fault until some seconds after its end.
 *
 * @param lookups all that were due in that time
 * @param endNanos when the servers worked again
 * @param writes through the admin API
 * @param propagationNanos time of each write until the other instance answered with it
 * @param notReady number of failed readiness probes
 * @param repeated the log line repeated most often within a second
 * @param residentMebibytes memory of the larger instance
 */
record FaultResult(
    Fault fault,
    List<LookupResult> lookups,
    long endNanos,
    List<Write> writes,
    List<Long> propagationNanos,
    int notReady,
    RepeatedLogLines.Repeated repeated,
    long residentMebibytes) {

  /** So long nothing but normal answers: the fault's effect is over. */
  private static final long CALM_NANOS = 3_000_000_000L;

  /**
   * Lookups without an answer. While PostgreSQL fails, a refused lookup is no failure unless its
   * answer could have come from the cache.
   */
  long failed() {
    return count(lookup -> !lookup.isAnswered() && !mayRefuse(lookup));
  }

  /** Refused lookups that are no failures. */
  long refused() {
    return count(this::mayRefuse);
  }

  private boolean mayRefuse(LookupResult lookup) {
    return fault.isOfDatabase()
        && lookup.outcome() == LookupResult.Outcome.UNAVAILABLE
        && lookup.request().kind() != LookupRequest.Kind.WARM;
  }

  double slowestRefusalMillis() {
    return maxMillis(
        lookups.stream().filter(this::mayRefuse).mapToLong(LookupResult::latencyNanos));
  }

  double p99Millis() {
    return percentileMillis(99, lookups.stream().mapToLong(LookupResult::latencyNanos));
  }

  double worstMillis() {
    return maxMillis(lookups.stream().mapToLong(LookupResult::latencyNanos));
  }

  /** 99th percentile of the delay of the load generator. */
  double delayP99Millis() {
    return percentileMillis(99, lookups.stream().mapToLong(LookupResult::delayNanos));
  }

  /** Median time until the other instance answered with a write. */
  double medianPropagationMillis() {
    return percentileMillis(50, propagationNanos.stream().mapToLong(Long::longValue));
  }

  double slowestPropagationMillis() {
    return maxMillis(propagationNanos.stream().mapToLong(Long::longValue));
  }

  private static double percentileMillis(int percentile, LongStream nanos) {
    long[] sorted = nanos.sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length * percentile / 100] / 1e6;
  }

  private static double maxMillis(LongStream nanos) {
    return nanos.max().orElse(0) / 1e6;
  }

  /** Answers older than promised. Degraded answers promise nothing. */
  long stale() {
    return count(lookup -> lookup.tooStale() && !isDegraded(lookup));
  }

  /** Greatest age of an answer that was not degraded. */
  double oldestMillis() {
    return maxMillis(
        lookups.stream()
            .filter(lookup -> !isDegraded(lookup))
            .mapToLong(LookupResult::stalenessNanos));
  }

  long degraded() {
    return count(FaultResult::isDegraded);
  }

  private static boolean isDegraded(LookupResult lookup) {
    return lookup.outcome() == LookupResult.Outcome.DEGRADED;
  }

  /** Answers with a version that its writer was told was not saved. */
  long phantoms() {
    return count(LookupResult::phantom);
  }

  /**
   * Time from the end of the fault until a lookup that was not normal was answered, after which
   * every lookup was normal for {@link #CALM_NANOS}.
   */
  double secondsToNormal() {
    return Math.max(0, calmNanos() - endNanos) / 1e9;
  }

  /** Lookups after the service was back to normal that were not. */
  long laterNotNormal() {
    long calm = calmNanos();
    return count(lookup -> !lookup.isNormal() && lookup.dueNanos() - calm > 0);
  }

  private long calmNanos() {
    long calm = endNanos;
    for (LookupResult lookup : notNormalByTime()) {
      if (lookup.dueNanos() - calm > CALM_NANOS) {
        break;
      }
      calm = Math.max(calm, lookup.dueNanos() + lookup.latencyNanos());
    }
    return calm;
  }

  private List<LookupResult> notNormalByTime() {
    return lookups.stream()
        .filter(lookup -> !lookup.isNormal())
        .sorted(Comparator.comparingLong(lookup -> lookup.dueNanos() - endNanos))
        .toList();
  }

  long writes(DocumentWriter.Outcome outcome) {
    return writes.stream().filter(write -> write.outcome() == outcome).count();
  }

  double slowestWriteMillis() {
    return maxMillis(writes.stream().mapToLong(Write::nanos));
  }

  private long count(Predicate<LookupResult> matching) {
    return lookups.stream().filter(matching).count();
  }
}
