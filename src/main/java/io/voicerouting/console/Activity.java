package io.voicerouting.console;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.cache.CacheSummary;
import java.time.Instant;
import java.util.List;

/**
 * What one instance has done since its start. One answer has all figures, because a load balancer
 * may pass the next request to another instance. The difference of two answers gives rates.
 */
@Schema(description = "What one instance has done since its start; differences give rates")
record Activity(
    @Schema(description = "Host name of the instance", example = "routing-1") String host,
    @Schema(description = "When it was started", example = "2026-11-23T08:00:00Z")
        Instant startedAt,
    @Schema(description = "When these figures were read", example = "2026-11-23T14:00:00Z")
        Instant at,
    @Schema(description = "Requests of platforms", example = "120000") long requests,
    @Schema(description = "Those that were answered 503", example = "0") long unavailable,
    @Schema(description = "Requests by duration, cumulative and ascending") List<Bucket> buckets,
    @Schema(description = "Lookups that were answered from memory", example = "380000")
        long nearHits,
    @Schema(
            implementation = Object.class,
            description = "State and figures of its cache, as GET /actuator/routing-cache has them",
            example = "{\"redis\": {\"state\": \"trusted\"}}")
        CacheSummary cache) {

  /** Copies the list. */
  Activity {
    buckets = List.copyOf(buckets);
  }

  /** Number of requests that took no longer than a time. */
  @Schema(name = "ActivityBucket", description = "Requests that took no longer than a time")
  record Bucket(
      @Schema(description = "The time in milliseconds", example = "25") double milliseconds,
      @Schema(description = "How many requests", example = "119000") long requests) {}
}
