package io.voicerouting.cache.document;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.cache.Lookup;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The result of a load from the database.
 *
 * @param value the document; null when there is no such row
 * @param snapshot of the statement that loaded the document; null without a document, and for a
 *     document that an earlier version stored
 * @param changedAt as in {@link LoadedDocument#changedAt()}; null in a result that was read from
 *     Redis
 */
public record LoadResult<V>(
    @Nullable V value, @Nullable DatabaseSnapshot snapshot, @Nullable Instant changedAt) {

  /** Creates the result that an entry in Redis holds. */
  public LoadResult(@Nullable V value, @Nullable DatabaseSnapshot snapshot) {
    this(value, snapshot, null);
  }

  /**
   * Returns the organization that the document belongs to; "no such row" belongs to that of the
   * key.
   */
  public long owner(CachedResource<V> resource, CacheKey key) {
    return value == null ? key.organizationId() : resource.owner(key, value);
  }

  /** Returns the result as the outcome of a lookup. */
  public Lookup<V> toLookup(CacheStatus status) {
    V document = value;
    return document == null ? new Lookup.Absent<>(status) : new Lookup.Found<>(document, status);
  }
}
