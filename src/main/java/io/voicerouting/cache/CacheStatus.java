package io.voicerouting.cache;

import org.jspecify.annotations.Nullable;

/**
 * How one lookup was answered, in the terms of RFC 9211 (the {@code Cache-Status} header).
 *
 * @param hit whether the answer came from a cache
 * @param ttlSeconds remaining life of the copy in seconds; null when not a hit
 * @param forward why the request went to the database: {@code miss} or {@code bypass}; null on a
 *     hit
 * @param stored whether the loaded document was stored
 * @param detail further explanation, such as {@code redis-unavailable} or {@code degraded}; or null
 */
public record CacheStatus(
    boolean hit,
    @Nullable Long ttlSeconds,
    @Nullable String forward,
    boolean stored,
    @Nullable String detail) {

  /** Detail of an answer whose freshness cannot be vouched for: the database could not be asked. */
  public static final String DEGRADED = "degraded";

  /** Detail of an answer for which Redis was not asked. */
  public static final String REDIS_UNAVAILABLE = "redis-unavailable";

  /**
   * Whether the database could not be asked, so that the copy's freshness cannot be vouched for.
   */
  public boolean degraded() {
    return DEGRADED.equals(detail);
  }

  /** The header member, such as {@code voice-routing; fwd=miss; stored}. */
  public String headerValue() {
    StringBuilder header = new StringBuilder("voice-routing");
    if (hit) {
      header.append("; hit");
      if (ttlSeconds != null) {
        header.append("; ttl=").append(ttlSeconds.longValue());
      }
    } else {
      header.append("; fwd=").append(forward);
      if (stored) {
        header.append("; stored");
      }
    }
    return detail == null
        ? header.toString()
        : header.append("; detail=").append(detail).toString();
  }

  /**
   * A hit.
   *
   * @param ttlMillis remaining TTL of the cache entry in milliseconds
   * @param detail {@link #DEGRADED} or null
   */
  public static CacheStatus hit(long ttlMillis, @Nullable String detail) {
    return new CacheStatus(true, ttlMillis / 1000, null, false, detail);
  }

  /** A miss whose loaded document was stored. */
  public static CacheStatus missStored() {
    return new CacheStatus(false, null, "miss", true, null);
  }

  /** A miss whose loaded document was not stored. */
  public static CacheStatus miss() {
    return new CacheStatus(false, null, "miss", false, null);
  }

  /** A load without asking Redis. */
  public static CacheStatus bypass() {
    return new CacheStatus(false, null, "bypass", false, REDIS_UNAVAILABLE);
  }
}
