package io.voicerouting.cache;

import org.jspecify.annotations.Nullable;

/**
 * Identity of one cached document.
 *
 * @param resource name of the resource, such as {@code extension}
 * @param organizationId the organization that owns the document; {@link #NO_ORGANIZATION} if a
 *     lookup is to find the owner, or if the document belongs to no single one
 * @param identifier identifies it among the organization's documents of this resource; null if
 *     there is only one
 */
public record CacheKey(String resource, long organizationId, @Nullable String identifier) {

  /** Stands in keys that name no organization. It never means all organizations. */
  public static final long NO_ORGANIZATION = 0;

  private static final long ODD_FACTOR = 0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio

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

  /**
   * A hash that spreads sequential organizations and numbers. A record's own hash is {@code 31 * a
   * + b}, as a string's is, so that extension 1011 of organization 1 would collide with extension
   * 1001 of organization 2.
   */
  @Override
  public int hashCode() {
    long names = ((long) resource.hashCode() << Integer.SIZE) | Integer.toUnsignedLong(id());
    long mixed = (organizationId * ODD_FACTOR ^ names) * ODD_FACTOR;
    mixed = (mixed ^ mixed >>> 32) * ODD_FACTOR;
    return (int) (mixed >>> 32);
  }

  private int id() {
    return identifier == null ? 0 : identifier.hashCode();
  }

  @Override
  public String toString() {
    return redisKey();
  }
}
