package io.voicerouting.cache.near;

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

  /** Records that memory was emptied. */
  public void recordClearing() {
    fullUntilNanos = clock.getAsLong();
  }

  /** Records that something was removed; memory is full if it was pushed out. */
  public void recordEviction(RemovalCause cause) {
    if (cause != RemovalCause.SIZE) {
      return;
    }
    long until = clock.getAsLong() + FULL.toNanos();
    if (until - fullUntilNanos > FULL.toNanos() / 2) {
      fullUntilNanos = until;
    }
  }

  /** Whether a value of this key, whose hash code is well mixed, should be stored. */
  public boolean admits(Object key) {
    if (clock.getAsLong() - fullUntilNanos >= 0) {
      return true;
    }
    int hash = key.hashCode();
    int slot = hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(hashes.length()));
    return hashes.getAndSet(slot, hash) == hash;
  }
}
