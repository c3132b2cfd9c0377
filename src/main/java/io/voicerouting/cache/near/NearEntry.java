package io.voicerouting.cache.near;

import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.lookup.DocumentStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A document in the near cache, ready to be answered with. Thread-safe. */
public final class NearEntry<V> {

  /**
   * Room that an entry takes beside its document: key, bookkeeping, headers of objects. An
   * estimate, as is how much larger a decoded document is than its JSON, rather too much than too
   * little: {@link DocumentStore} keeps the JSON, too.
   */
  private static final int OVERHEAD_BYTES = 600;

  private static final int HEAP_BYTES_PER_BYTE = 5;

  private final LoadResult<V> loaded;
  private final long expiryNanos;
  private final int weight;
  private final int organizationStamp;

  /**
   * The last answer, and the second of life left that it names. A race makes one more, or has it
   * name the second beside; to look into the answer instead would cost most of what a hit does.
   */
  private Lookup<V> answer;

  private long answerSeconds;

  /**
   * Takes a document that was read from Redis.
   *
   * @param jsonBytes its length in Redis
   * @param sentNanos when it was asked for, on the monotonic clock
   * @param lifeMillis how much longer the copy in Redis lives
   * @param organizationStamp its organization's at that moment
   */
  NearEntry(
      LoadResult<V> loaded, int jsonBytes, long sentNanos, long lifeMillis, int organizationStamp) {
    this.loaded = loaded;
    this.expiryNanos = sentNanos + Duration.ofMillis(lifeMillis).toNanos();
    this.weight = weight(jsonBytes);
    this.organizationStamp = organizationStamp;
    this.answer = loaded.answered(CacheStatus.hit(lifeMillis, null));
    this.answerSeconds = lifeMillis / 1000;
  }

  /**
   * The answer at a moment; null when the copy in Redis has expired by then.
   *
   * @param detail as in {@link CacheStatus#detail()}
   */
  @Nullable Lookup<V> answer(long nowNanos, @Nullable String detail) {
    long seconds = (expiryNanos - nowNanos) / 1_000_000_000;
    if (expiryNanos - nowNanos <= 0) {
      return null;
    }
    if (detail != null) {
      return loaded.answered(CacheStatus.hit(seconds * 1000, detail));
    }
    if (answerSeconds == seconds) {
      return answer;
    }
    Lookup<V> next = loaded.answered(CacheStatus.hit(seconds * 1000, null));
    answer = next;
    answerSeconds = seconds;
    return next;
  }

  /** About the heap that a document of that length takes, in bytes. */
  public static int weight(int jsonBytes) {
    return OVERHEAD_BYTES + HEAP_BYTES_PER_BYTE * jsonBytes;
  }

  /** Whether its organization has not been invalidated since. */
  boolean isOf(int currentOrganizationStamp) {
    return organizationStamp == currentOrganizationStamp;
  }

  /** About the heap that the entry takes, in bytes. */
  public int weight() {
    return weight;
  }
}
