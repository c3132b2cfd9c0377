package io.voicerouting.cache.document;

import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.Lookup;
import org.jspecify.annotations.Nullable;

/**
 * What the database said.
 *
 * @param value the document; null when there is no such row
 */
public record LoadResult<V>(@Nullable V value) {

  /** As the outcome of a lookup that was answered in this way. */
  public Lookup<V> answered(CacheStatus status) {
    V document = value;
    return document == null ? new Lookup.Absent<>(status) : new Lookup.Found<>(document, status);
  }
}
