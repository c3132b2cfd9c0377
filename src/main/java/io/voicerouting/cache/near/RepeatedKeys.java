package io.voicerouting.cache.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Decides what a full memory admits: what is asked for a second time. If more is asked for than
 * memory holds, most of it is never asked for again in time; storing it would only push out
 * something else, and let the collector copy it. Thread-safe.
 */
public final class RepeatedKeys {

  /** How long memory counts as full after something was pushed out. */
  static final Duration FULL = Duration.ofMinutes(1);

  /**
   * Memory for each slot. So there are about as many slots as documents that fit: what is not asked
   * for again before that many others is not asked for again while it is stored, either.
   */
  private static final int BYTES_PER_SLOT = 8192;

  private static final int FEWEST_SLOTS = 128;

  private static final long SECOND_NANOS = 1_000_000_000;

  /** A little more than a minute: 2^36 ns. */
  private static final int PERIOD_SHIFT = 36;

  private static final int ODD_FACTOR = 0x9E3779B1; // 2^32 divided by the golden ratio

  private final NanoClock clock;

  /** Each is the hash code of one key, until another key takes its place. */
  private final AtomicIntegerArray hashes;

  private volatile long fullUntilNanos;

  /**
   * Creates the admission to an empty memory.
   *
   * @param maxBytes the size of the memory
   */
  public RepeatedKeys(NanoClock clock, long maxBytes) {
    long slots = Math.clamp(maxBytes / BYTES_PER_SLOT, FEWEST_SLOTS, 1 << 20);
    this.clock = clock;
    this.hashes = new AtomicIntegerArray((int) Long.highestOneBit(slots));
    this.fullUntilNanos = clock.getAsLong();
  }

  /** Records that something was removed; memory is full if it was pushed out. */
  public void recordEviction(RemovalCause cause) {
    if (cause != RemovalCause.SIZE) {
      return;
    }
    long until = clock.getAsLong() + FULL.toNanos();
    if (until - fullUntilNanos > SECOND_NANOS) { // not for each of many evictions
      fullUntilNanos = until;
    }
  }

  /** Whether a value of this key should be stored: always in place of another one. */
  public <K> boolean admits(Cache<K, ?> entries, K key) {
    return entries.policy().getIfPresentQuietly(key) != null || admits(key);
  }

  /**
   * Whether a value of a new key should be stored. Keys get other slots from time to time, because
   * two keys of one slot that are asked for in turn keep each other out.
   */
  boolean admits(Object key) {
    long now = clock.getAsLong();
    if (now - fullUntilNanos >= 0) {
      return true;
    }
    int hash = key.hashCode();
    int mixed = (hash ^ (int) (now >>> PERIOD_SHIFT)) * ODD_FACTOR;
    int slot = mixed >>> (Integer.SIZE - Integer.numberOfTrailingZeros(hashes.length()));
    return hashes.getAndSet(slot, hash) == hash;
  }
}
