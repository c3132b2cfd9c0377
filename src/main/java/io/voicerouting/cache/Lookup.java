package io.voicerouting.cache;

import java.time.Duration;

/**
 * What came of asking for a document.
 *
 * @param <V> the document
 */
public sealed interface Lookup<V> {

  /** How the answer came about, for the {@code Cache-Status} header. */
  CacheStatus status();

  /** The document exists. */
  record Found<V>(V value, CacheStatus status) implements Lookup<V> {}

  /** There is no such row. */
  record Absent<V>(CacheStatus status) implements Lookup<V> {}

  /**
   * Neither cache nor database could be asked; nothing is known about the row.
   *
   * @param retryAfter when asking again makes sense
   */
  record Unavailable<V>(Duration retryAfter, CacheStatus status) implements Lookup<V> {}
}
