package io.voicerouting.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How long the cache entries of each resource are kept in Redis.
 *
 * @param byResource by {@link CachedResource#name()}, for every resource of the service
 */
public record CacheTtls(Map<String, Ttl> byResource) {

  public CacheTtls {
    byResource = Map.copyOf(byResource);
  }

  /**
   * The TTLs of one resource, before {@link TtlJitter}.
   *
   * @param entry shortest TTL of a document
   * @param longestEntry longest TTL of a document, not shorter than {@code entry}
   * @param negativeEntry TTL of "no such row"; never longer than {@code entry}
   */
  public record Ttl(Duration entry, Duration longestEntry, Duration negativeEntry) {

    /** A document is expected to stay unchanged for this fraction of its time without a change. */
    private static final int AGE_DIVISOR = 10;

    /** Limits the negative TTL. */
    public Ttl {
      negativeEntry = negativeEntry.compareTo(entry) < 0 ? negativeEntry : entry;
    }

    /**
     * Returns the TTL of a document: a tenth of the time since it changed last, within the bounds.
     *
     * @param changedAt null if unknown
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9111#section-4.2.2">RFC 9111, 4.2.2</a>
     */
    public Duration forDocument(@Nullable Instant changedAt, Instant now) {
      if (changedAt == null) {
        return entry;
      }
      Duration share = Duration.between(changedAt, now).dividedBy(AGE_DIVISOR);
      return share.compareTo(entry) < 0
          ? entry
          : share.compareTo(longestEntry) > 0 ? longestEntry : share;
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
    return longest(Ttl::longestEntry);
  }

  /** Returns the longest TTL of negative entries of all resources; zero if there are none. */
  public Duration longestNegative() {
    return longest(Ttl::negativeEntry);
  }

  private Duration longest(Function<Ttl, Duration> which) {
    return byResource.values().stream().map(which).max(Duration::compareTo).orElse(Duration.ZERO);
  }
}
