package io.voicerouting.cache.redis;

import io.voicerouting.cache.CachedResource;

/** Names of the keys that go with the documents' own. */
public final class RedisKeys {

  /** Organizations that have an index, scored by the index's expiry. */
  public static final String INDEXES = "routing:indexes";

  /** What is never there: to remove it shows whether Redis takes writes. */
  public static final String WRITE_PROBE = "routing:nothing";

  private RedisKeys() {}

  /** What the keys of a resource's documents begin with. */
  public static String prefix(CachedResource<?> resource) {
    return "routing:" + resource.name() + ":";
  }

  /** The fill lease of a document's key; the braces make it share the key's cluster slot. */
  public static String lease(String redisKey) {
    return "routing:lease:{" + redisKey + "}";
  }

  /** The index of an organization's keys, scored by the latest expiry a copy may have. */
  public static String index(long organizationId) {
    return "routing:index:" + organizationId;
  }
}
