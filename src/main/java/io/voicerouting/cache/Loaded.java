package io.voicerouting.cache;

import org.jspecify.annotations.Nullable;

/**
 * What the database said.
 *
 * @param value the document; null when there is no such row
 */
record Loaded<V>(@Nullable V value) {

  /** As the outcome of a lookup that was answered in this way. */
  Lookup<V> answered(CacheStatus status) {
    V document = value;
    return document == null ? new Lookup.Absent<>(status) : new Lookup.Found<>(document, status);
  }
}
