package io.voicerouting.bench.faults;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a lookup was answered.
 *
 * @param dueNanos when the constant rate demanded the request
 * @param delayNanos from then until the load generator sent it
 * @param latencyNanos from when it was due until the whole response had arrived
 * @param stalenessNanos how long before the request a newer version was acknowledged; 0 if the
 *     answer was current
 * @param tooStale whether that is longer than promised
 * @param phantom whether the answer contains a version that its writer was told was not saved
 */
record LookupResult(
    LookupRequest request,
    long dueNanos,
    long delayNanos,
    long latencyNanos,
    Outcome outcome,
    long stalenessNanos,
    boolean tooStale,
    boolean phantom) {

  private static final Duration SLOW = Duration.ofMillis(300);

  /** What the response shows. */
  enum Outcome {
    /** Answered from a trusted cache entry, or from the database after a miss. */
    NORMAL,
    /** Answered from the database because Redis was unavailable. */
    BYPASSED,
    /** Answered from the cache without a freshness promise because the database was unavailable. */
    DEGRADED,
    /** 503 with {@code Retry-After}. */
    UNAVAILABLE,
    /** No response, or one that is none of the above. */
    FAILED;

    static Outcome of(LookupRequest request, @Nullable HttpResponse<String> response) {
      if (response == null) {
        return FAILED;
      }
      if (response.statusCode() == 503
          && response.headers().firstValue("Retry-After").isPresent()) {
        return UNAVAILABLE;
      }
      boolean versionMissing = request.document() != null && request.version(response) == null;
      if (response.statusCode() != 200 || versionMissing) {
        return FAILED;
      }
      String status = response.headers().firstValue("Cache-Status").orElse("");
      if (status.contains("detail=degraded")) {
        return DEGRADED;
      }
      return status.contains("fwd=bypass") ? BYPASSED : NORMAL;
    }
  }

  /**
   * Evaluates a response that has just arrived.
   *
   * @param instance index of the instance that answered
   * @param response null if there was none
   */
  static LookupResult of(
      LookupRequest request,
      int instance,
      long dueNanos,
      long sentNanos,
      @Nullable HttpResponse<String> response) {
    long latency = System.nanoTime() - dueNanos;
    VersionedDocument document = request.document();
    Integer version = request.version(response);
    long staleness =
        document == null || version == null ? 0 : document.stalenessNanos(version, sentNanos);
    return new LookupResult(
        request,
        dueNanos,
        sentNanos - dueNanos,
        latency,
        Outcome.of(request, response),
        staleness,
        document != null && staleness > document.writePath().maxStaleness(instance).toNanos(),
        document != null && version != null && document.isRefused(version));
  }

  /** Milliseconds since the end of the fault, endpoint, kind, outcome, latency and staleness. */
  String csv(long faultEndNanos) {
    return "%d,%s,%s,%s,%d,%d"
        .formatted(
            (dueNanos - faultEndNanos) / 1_000_000,
            request.endpoint(),
            request.kind(),
            outcome,
            latencyNanos / 1_000_000,
            stalenessNanos / 1_000_000);
  }

  boolean isAnswered() {
    return outcome != Outcome.UNAVAILABLE && outcome != Outcome.FAILED;
  }

  /** Whether it was answered as without any fault. */
  boolean isNormal() {
    return outcome == Outcome.NORMAL && latencyNanos <= SLOW.toNanos();
  }
}
