package io.voicerouting.cache;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * How long the cache entries of each resource are kept in Redis.
 *
 * @param byResource by {@link CachedResource#name()}, for every resource of the service
 */
public record CacheTtls(Map<String, Ttl> byResource) {

  /** Copies the map. */
  public CacheTtls {
    byResource = Map.copyOf(byResource);
  }

  /**
   * The TTLs of one resource. Entries are stored for up to a tenth less, never longer.
   *
   * @param entry TTL of a document
   * @param negativeEntry TTL of "no such row"; never longer than that of a document
   */
  public record Ttl(Duration entry, Duration negativeEntry) {

    /** Limits the negative TTL. */
    public Ttl {
      negativeEntry = negativeEntry.compareTo(entry) < 0 ? negativeEntry : entry;
    }
  }

  /**
   * Returns the TTLs of a resource.
   *
   * @throws IllegalArgumentException if the service has no such resource
   */
  public Ttl of(CachedResource<?> resource) {
    Ttl ttl = byResource.get(resource.name());
    if (ttl == null) {
      throw new IllegalArgumentException(
          "resource: '" + resource.name() + "' (expected: one of " + byResource.keySet() + ")");
    }
    return ttl;
  }

  /** Returns the longest TTL of all resources; zero if there are none. */
  public Duration longest() {
    return longest(Ttl::entry);
  }

  /** Returns the longest TTL of negative entries of all resources; zero if there are none. */
  public Duration longestNegative() {
    return longest(Ttl::negativeEntry);
  }

  private Duration longest(Function<Ttl, Duration> which) {
    return byResource.values().stream().map(which).max(Duration::compareTo).orElse(Duration.ZERO);
  }
}
