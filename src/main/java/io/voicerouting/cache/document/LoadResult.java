package io.voicerouting.cache.document;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import org.jspecify.annotations.Nullable;

/**
 * The result of a load from the database.
 *
 * @param value the document; null when there is no such row
 * @param snapshot of the statement that loaded the document; null without a document, and for a
 *     document that an earlier version stored
 */
public record LoadResult<V>(@Nullable V value, @Nullable DatabaseSnapshot snapshot) {

  /**
   * Returns the organization that the document belongs to; "no such row" belongs to that of the
   * key.
   */
  public long owner(CachedResource<V> resource, CacheKey key) {
    return value == null ? key.organizationId() : resource.owner(key, value);
  }

  /** Returns the result as the outcome of a lookup. */
  public Lookup<V> answered(CacheStatus status) {
    V document = value;
    return document == null ? new Lookup.Absent<>(status) : new Lookup.Found<>(document, status);
  }
}
