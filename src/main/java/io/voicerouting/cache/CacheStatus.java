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
}
