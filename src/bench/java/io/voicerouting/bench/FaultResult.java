package io.voicerouting.bench;

import io.voicerouting.bench.CellWriter.Write;
import java.util.List;
import java.util.function.Predicate;

/**
 * What was observed from the beginning of a fault until some seconds after its end.
 *
 * @param fault what was broken
 * @param lookups every one that was due in that time
 * @param endNanos when the server worked again
 * @param writes through the admin API
 * @param shownNanos of each of these, until the other instance showed it, that lookup included
 * @param notReady probes of readiness that failed
 * @param repeated the log line most often repeated within a second
 * @param residentMebibytes memory of the larger instance
 */
record FaultResult(
    Fault fault,
    List<Observation> lookups,
    long endNanos,
    List<Write> writes,
    List<Long> shownNanos,
    int notReady,
    RepeatedLines.Repeated repeated,
    long residentMebibytes) {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Lookups that went wrong. Where the database is away, an answer that there is nothing to answer
   * from is no failure, unless there was a copy.
   */
  long failed() {
    return count(one -> !one.answered() && !mayRefuse(one));
  }

  private boolean mayRefuse(Observation one) {
    return fault.isOfDatabase()
        && one.outcome() == Observation.Outcome.UNAVAILABLE
        && one.kind() != Question.Kind.WARM;
  }

  /** Lookups without a copy that were refused, as they may be. */
  long refused() {
    return count(this::mayRefuse);
  }

  double slowestRefusalMillis() {
    return lookups.stream()
            .filter(this::mayRefuse)
            .mapToLong(Observation::latencyNanos)
            .max()
            .orElse(0)
        / NANOS_PER_MILLI;
  }

  double p99Millis() {
    return quantileMillis(lookups.stream().map(Observation::latencyNanos).toList(), 0.99);
  }

  /** How late requests were sent, at the same quantile. */
  double lateMillis() {
    return quantileMillis(lookups.stream().map(Observation::lateNanos).toList(), 0.99);
  }

  private static double quantileMillis(List<Long> nanos, double quantile) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get((int) (sorted.size() * quantile)) / NANOS_PER_MILLI;
  }

  /** Median time until the other instance showed what had been acknowledged. */
  double shownMillis() {
    return quantileMillis(shownNanos, 0.5);
  }

  /** The same, of the slowest. */
  double slowestShownMillis() {
    return shownNanos.stream().mapToLong(Long::longValue).max().orElse(0) / NANOS_PER_MILLI;
  }

  double worstMillis() {
    return lookups.stream().mapToLong(Observation::latencyNanos).max().orElse(0) / NANOS_PER_MILLI;
  }

  /** Answers older than is promised; those marked degraded promise nothing. */
  long stale() {
    return count(one -> one.tooOld() && !degraded(one));
  }

  /** Age of the oldest answer that was not marked degraded. */
  double oldestMillis() {
    return lookups.stream()
            .filter(one -> !degraded(one))
            .mapToLong(Observation::staleNanos)
            .max()
            .orElse(0)
        / NANOS_PER_MILLI;
  }

  long degraded() {
    return count(FaultResult::degraded);
  }

  private static boolean degraded(Observation one) {
    return one.outcome() == Observation.Outcome.DEGRADED;
  }

  /** Answers that showed what a writer was told had not been saved. */
  long phantoms() {
    return count(Observation::phantom);
  }

  /** From the end of the fault to the end of the last lookup that was not answered as usual. */
  double secondsToNormal() {
    return lookups.stream()
            .filter(one -> !one.normal())
            .mapToLong(one -> one.startNanos() + one.latencyNanos() - endNanos)
            .filter(after -> after > 0)
            .max()
            .orElse(0)
        / NANOS_PER_SECOND;
  }

  long writes(CellWriter.Outcome outcome) {
    return writes.stream().filter(write -> write.outcome() == outcome).count();
  }

  double slowestWriteMillis() {
    return writes.stream().mapToLong(Write::nanos).max().orElse(0) / NANOS_PER_MILLI;
  }

  private long count(Predicate<Observation> matching) {
    return lookups.stream().filter(matching).count();
  }
}
