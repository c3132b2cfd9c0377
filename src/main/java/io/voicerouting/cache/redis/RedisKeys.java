package io.voicerouting.cache.redis;

import io.voicerouting.cache.CachedResource;

/** Names of the keys in Redis besides those of the documents. */
public final class RedisKeys {

  /** Organizations that have an index, scored by the index's expiry. */
  public static final String INDEXES = "routing:indexes";

  /** A key that never exists. Deleting it shows whether Redis accepts writes. */
  public static final String WRITE_PROBE = "routing:nothing";

  private RedisKeys() {}

  /**
   * Returns the key that shows that a primary has been warmed.
   *
   * @param number chooses the cluster slot
   * @param contents identifies what the documents look like
   */
  public static String warmed(int number, String contents) {
    return "routing:warmed:{" + number + "}:" + contents;
  }

  /** Returns the prefix of the keys of a resource's documents. */
  public static String prefix(CachedResource<?> resource) {
    return "routing:" + resource.name() + ":";
  }

  /** Returns the key of a document's lease; the braces put it into the same cluster slot. */
  public static String lease(String redisKey) {
    return "routing:lease:{" + redisKey + "}";
  }

  /**
   * Returns the index of an organization's keys, scored by the latest possible expiry of an entry.
   */
  public static String index(long organizationId) {
    return "routing:index:" + organizationId;
  }
}
