package io.voicerouting.cache;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one lookup was answered, in the terms of RFC 9211 (the {@code Cache-Status} header).
 *
 * @param hit whether the answer came from a cache
 * @param ttlSeconds remaining TTL of the cache entry in seconds; null if not a hit
 * @param forward why the request went to the database: {@code miss} or {@code bypass}; null for a
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

  /** Detail of an answer that may be stale because the database is down. */
  public static final String DEGRADED = "degraded";

  /** Detail of an answer that was loaded without Redis. */
  public static final String REDIS_UNAVAILABLE = "redis-unavailable";

  private static final int MEMBER_LENGTH = 40; // of most members

  /** Name of the header. */
  public static final String HEADER = "Cache-Status";

  /** Returns the header value of several lookups, in order; empty if there are none. */
  public static String headerValue(List<CacheStatus> statuses) {
    StringBuilder header = new StringBuilder(MEMBER_LENGTH * statuses.size());
    for (CacheStatus status : statuses) {
      if (!header.isEmpty()) {
        header.append(", ");
      }
      status.appendTo(header);
    }
    return header.toString();
  }

  /** Whether the answer may be stale because the database is down. */
  public boolean degraded() {
    return DEGRADED.equals(detail);
  }

  /** Returns the header value, such as {@code voice-routing; fwd=miss; stored}. */
  public String headerValue() {
    StringBuilder header = new StringBuilder(MEMBER_LENGTH);
    appendTo(header);
    return header.toString();
  }

  private void appendTo(StringBuilder header) {
    header.append("voice-routing");
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
    if (detail != null) {
      header.append("; detail=").append(detail);
    }
  }

  /**
   * Creates the status of a hit.
   *
   * @param ttlMillis remaining TTL of the cache entry in milliseconds
   * @param detail {@link #DEGRADED} or null
   */
  public static CacheStatus hit(long ttlMillis, @Nullable String detail) {
    return new CacheStatus(true, ttlMillis / 1000, null, false, detail);
  }

  /** Returns the status of a miss whose document was loaded and stored. */
  public static CacheStatus missStored() {
    return new CacheStatus(false, null, "miss", true, null);
  }

  /** Returns the status of a miss whose document was loaded and not stored. */
  public static CacheStatus miss() {
    return new CacheStatus(false, null, "miss", false, null);
  }

  /** Returns the status of a document that was loaded without Redis. */
  public static CacheStatus bypass() {
    return new CacheStatus(false, null, "bypass", false, REDIS_UNAVAILABLE);
  }
}
