package io.voicerouting.cache;

import java.time.Duration;

/**
 * Result of a lookup.
 *
 * @param <V> the document
 */
public sealed interface Lookup<V> {

  /** How the lookup was answered, for the {@code Cache-Status} header. */
  CacheStatus status();

  /** The document exists. */
  record Found<V>(V value, CacheStatus status) implements Lookup<V> {}

  /** There is no such row. */
  record Absent<V>(CacheStatus status) implements Lookup<V> {}

  /**
   * Neither cache nor database could answer; nothing is known about the row.
   *
   * @param retryAfter earliest useful time of a retry
   */
  record Unavailable<V>(Duration retryAfter, CacheStatus status) implements Lookup<V> {}
}
