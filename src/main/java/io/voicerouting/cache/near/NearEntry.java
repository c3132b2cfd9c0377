package io.voicerouting.cache.near;

import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A document in the near cache. Thread-safe. */
public final class NearEntry<V> {

  /**
   * Heap of an entry without its document: key, bookkeeping, object headers. This and the factor
   * below are estimates, rather too high than too low. Without a near cache, decoded documents are
   * weighed in the same way.
   */
  private static final int OVERHEAD_BYTES = 600;

  /** Of the document, and of its JSON, which is kept beside it. */
  private static final int HEAP_BYTES_PER_BYTE = 6;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long owner;
  private final LoadResult<V> loaded;
  private final byte[] bytes;
  private final long expiryNanos;
  private final long endNanos;
  private final int organizationEpoch;

  /**
   * Creates an entry of a document that was read from Redis.
   *
   * @param owner the organization that it belongs to
   * @param stored the entry in Redis
   * @param sentNanos when its read was sent, on the monotonic clock
   * @param longest time from then until it must be read again
   * @param organizationEpoch epoch of its organization at that moment
   */
  NearEntry(
      long owner,
      LoadResult<V> loaded,
      StoredValue stored,
      long sentNanos,
      Duration longest,
      int organizationEpoch) {
    long ttlNanos = Duration.ofMillis(stored.ttlMillis()).toNanos();
    this.owner = owner;
    this.loaded = loaded;
    this.bytes = stored.bytes();
    this.expiryNanos = sentNanos + ttlNanos;
    this.endNanos = sentNanos + Math.min(ttlNanos, longest.toNanos());
    this.organizationEpoch = organizationEpoch;
  }

  /** Whether the entry must be read again. */
  boolean isOver(long nowNanos) {
    return nowNanos - endNanos >= 0;
  }

  /**
   * Returns the answer at a moment; null if the entry must be read again. It is created for each
   * hit: an answer that is kept here would be a reference from an old object to a new one, and each
   * collection of the new ones would have to visit every entry that was used.
   *
   * @param detail as in {@link CacheStatus#detail()}
   */
  @Nullable Lookup<V> answer(long nowNanos, @Nullable String detail) {
    return isOver(nowNanos)
        ? null
        : loaded.toLookup(CacheStatus.hit((expiryNanos - nowNanos) / NANOS_PER_MILLI, detail));
  }

  /** Returns the document if the entry in Redis still has the same bytes; else null. */
  @Nullable LoadResult<V> document(StoredValue stored) {
    return Arrays.equals(bytes, stored.bytes()) ? loaded : null;
  }

  /** Returns the approximate heap of an entry with a document of that length, in bytes. */
  public static int weight(int jsonBytes) {
    return OVERHEAD_BYTES + HEAP_BYTES_PER_BYTE * jsonBytes;
  }

  /** Returns the organization that the document belongs to. */
  long owner() {
    return owner;
  }

  /** Whether its organization was not invalidated since. */
  boolean hasEpoch(int currentOrganizationEpoch) {
    return organizationEpoch == currentOrganizationEpoch;
  }

  /** Returns the approximate heap of the entry, in bytes. */
  public int weight() {
    return weight(bytes.length);
  }
}
