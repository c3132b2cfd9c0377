package io.voicerouting.cache;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * State and figures of the cache of one instance.
 *
 * @param resources figures by resource name
 * @param redis state of Redis
 * @param nearCache state of the in-process cache
 * @param outbox state of the eviction outbox
 * @param warming state of warming
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CacheSummary(
    Map<String, ResourceFigures> resources,
    Redis redis,
    NearCache nearCache,
    Outbox outbox,
    Warming warming) {

  public CacheSummary {
    resources = Map.copyOf(resources);
  }

  /**
   * Figures of one resource since start.
   *
   * @param hits lookups answered from a cache
   * @param misses lookups that found no cache entry at first, or could not read one
   * @param hitRatio hits per lookup, 0 to 1; null before the first lookup
   * @param loads loads from the database
   * @param loadP50Ms median time of a load in milliseconds; null before the first
   * @param loadP99Ms 99th percentile of a load in milliseconds; null before the first
   * @param evictions cache entries removed
   * @param rejectedFills loaded documents that were not stored: an eviction came first, or Redis
   *     refused them
   * @param fallbacks lookups that went to the database because Redis could not be used
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record ResourceFigures(
      long hits,
      long misses,
      @Nullable Double hitRatio,
      long loads,
      @Nullable Double loadP50Ms,
      @Nullable Double loadP99Ms,
      long evictions,
      long rejectedFills,
      long fallbacks) {}

  /**
   * State of Redis.
   *
   * @param state whether Redis is trusted
   * @param trustAgeMs milliseconds since the start of the last completed relay pass; null before
   *     the first
   * @param server the primary in use, {@code host:port}; null in a Redis Cluster, and if there is
   *     no connection
   * @param primaries of a Redis Cluster, of which the worst state counts above; left out without
   *     one
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Redis(
      TrustLevel state,
      @Nullable Long trustAgeMs,
      @Nullable String server,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Primary> primaries) {

    public Redis {
      primaries = List.copyOf(primaries);
    }
  }

  /**
   * State of one primary of a Redis Cluster.
   *
   * @param address its {@code host:port}
   * @param slots how many hash slots it serves
   * @param state whether it is trusted
   * @param trustAgeMs as above
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Primary(String address, int slots, TrustLevel state, @Nullable Long trustAgeMs) {}

  /**
   * State of the in-process cache.
   *
   * @param enabled whether it is on
   * @param trusted whether its entries may be used now
   * @param entries how many documents it holds
   * @param weightBytes approximate heap that they take
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record NearCache(boolean enabled, boolean trusted, long entries, long weightBytes) {}

  /**
   * State of the outbox at the last relay pass.
   *
   * @param backlog rows not yet done; while Redis is down they are counted once a second, up to
   *     10,000
   * @param lagMs age of the oldest row not yet done in milliseconds
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Outbox(long backlog, long lagMs) {}

  /**
   * State of warming, which reads the most requested keys before their next request.
   *
   * @param state what it does now
   * @param keys how many keys are known as the most requested ones
   * @param total keys of the current or last load of a cold Redis; 0 before the first
   * @param done how many of them are done
   * @param loaded how many of those were loaded from the database
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Warming(WarmingState state, int keys, int total, int done, int loaded) {}
}
