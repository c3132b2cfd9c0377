package io.voicerouting.cache;

import org.jspecify.annotations.Nullable;

/**
 * Identity of one cached document.
 *
 * @param resource name of the resource, such as {@code extension}
 * @param organizationId the organization that owns the document, positive
 * @param identifier identifies it among the organization's documents of this resource; null if
 *     there is only one
 */
public record CacheKey(String resource, long organizationId, @Nullable String identifier) {

  /** Returns the key in Redis: {@code routing:<resource>:<organization_id>[:<identifier>]}. */
  public String redisKey() {
    String key = "routing:" + resource + ":" + organizationId;
    return identifier == null ? key : key + ":" + identifier;
  }

  /** Parses a key in Redis; returns null if it has another form. */
  public static @Nullable CacheKey parse(String redisKey) {
    String[] parts = redisKey.split(":", 4);
    if (parts.length < 3 || !parts[0].equals("routing")) {
      return null;
    }
    try {
      long organizationId = Long.parseLong(parts[2]);
      return new CacheKey(parts[1], organizationId, parts.length == 3 ? null : parts[3]);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Returns the resource name in a key in Redis. */
  public static String resourceOf(String redisKey) {
    int start = redisKey.indexOf(':') + 1;
    return redisKey.substring(start, redisKey.indexOf(':', start));
  }

  @Override
  public String toString() {
    return redisKey();
  }
}
