package io.voicerouting.cache.near;

import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.document.LoadResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A document in the near cache. Thread-safe. */
public final class NearEntry<V> {

  /**
   * Heap of an entry without its document: key, bookkeeping, object headers. This and the factor
   * below are estimates, rather too high than too low. Without a near cache, decoded documents are
   * weighed so, too, and their JSON is kept beside them.
   */
  private static final int OVERHEAD_BYTES = 600;

  private static final int HEAP_BYTES_PER_BYTE = 5;

  private final long owner;
  private final LoadResult<V> loaded;
  private final long expiryNanos;
  private final int weight;
  private final int organizationEpoch;

  /**
   * The last answer and its remaining TTL in seconds. A race creates one more answer, or returns
   * the TTL of a neighbouring second; reading the TTL from the answer would cost most of a hit.
   */
  private Lookup<V> answer;

  private long answerSeconds;

  /**
   * Creates an entry of a document that was read from Redis.
   *
   * @param owner the organization that it belongs to
   * @param jsonBytes its length in Redis
   * @param sentNanos when its read was sent, on the monotonic clock
   * @param ttlMillis remaining TTL of the entry in Redis
   * @param organizationEpoch epoch of its organization at that moment
   */
  NearEntry(
      long owner,
      LoadResult<V> loaded,
      int jsonBytes,
      long sentNanos,
      long ttlMillis,
      int organizationEpoch) {
    this.owner = owner;
    this.loaded = loaded;
    this.expiryNanos = sentNanos + Duration.ofMillis(ttlMillis).toNanos();
    this.weight = weight(jsonBytes);
    this.organizationEpoch = organizationEpoch;
    this.answer = loaded.toLookup(CacheStatus.hit(ttlMillis, null));
    this.answerSeconds = ttlMillis / 1000;
  }

  /**
   * Returns the answer at a moment; null if the entry in Redis has expired by then.
   *
   * @param detail as in {@link CacheStatus#detail()}
   */
  @Nullable Lookup<V> answer(long nowNanos, @Nullable String detail) {
    long seconds = (expiryNanos - nowNanos) / 1_000_000_000;
    if (expiryNanos - nowNanos <= 0) {
      return null;
    }
    if (detail != null) {
      return loaded.toLookup(CacheStatus.hit(seconds * 1000, detail));
    }
    if (answerSeconds == seconds) {
      return answer;
    }
    Lookup<V> next = loaded.toLookup(CacheStatus.hit(seconds * 1000, null));
    answer = next;
    answerSeconds = seconds;
    return next;
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
    return weight;
  }
}
