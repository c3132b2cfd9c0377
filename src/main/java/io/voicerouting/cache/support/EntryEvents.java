package io.voicerouting.cache.support;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.EvictionCause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this instance remembers of entries, to tell later why one vanished: when the last ones that
 * it has stored expire, and losses that are not written to the database yet. Bounded. Thread-safe.
 */
public final class EntryEvents {

  /** Most losses of one cause that wait to be written; further ones are only counted. */
  static final int MAX_WAITING = 10;

  /** Entries whose expiry is remembered: about 2 MB of heap. */
  private static final int MAX_STORED = 10_000;

  private final InstantSource time;
  private final Cache<CacheKey, Stored> stored =
      Caffeine.newBuilder().maximumSize(MAX_STORED).build();
  private final Map<EvictionCause, List<Loss>> waiting = new EnumMap<>(EvictionCause.class);

  public EntryEvents(InstantSource time) {
    this.time = time;
  }

  /** An entry that was stored, and until when. */
  public record Stored(Instant at, Instant expiry) {}

  /**
   * An entry that vanished, or a full pass.
   *
   * @param key null if every entry of the server is concerned
   * @param detail what was wrong or done
   * @param server {@code host:port}
   * @param at when it was noticed
   */
  public record Loss(
      EvictionCause cause, @Nullable CacheKey key, String detail, String server, Instant at) {}

  /** Remembers an entry that was stored. */
  public void recordStored(CacheKey key, Duration ttl) {
    Instant now = time.instant();
    stored.put(key, new Stored(now, now.plus(ttl)));
  }

  /**
   * Returns the last entry that this instance has stored for a key, if its TTL is over; null if it
   * is not, or none is known.
   */
  public @Nullable Stored expired(CacheKey key) {
    Stored last = stored.getIfPresent(key);
    return last == null || last.expiry().isAfter(time.instant()) ? null : last;
  }

  /** Records a loss, unless too many of its cause are waiting to be written. */
  public void recordLoss(
      EvictionCause cause, @Nullable CacheKey key, String detail, String server) {
    Loss loss = new Loss(cause, key, detail, server, time.instant());
    synchronized (waiting) {
      List<Loss> same = waiting.computeIfAbsent(cause, first -> new ArrayList<>());
      if (same.size() < MAX_WAITING) {
        same.add(loss);
      }
    }
  }

  /** Returns the losses that were not written yet, in the order of their causes. */
  public List<Loss> waiting() {
    synchronized (waiting) {
      return waiting.values().stream().flatMap(List::stream).toList();
    }
  }

  /** Forgets losses that were written. */
  public void forget(List<Loss> written) {
    synchronized (waiting) {
      waiting.values().forEach(same -> same.removeAll(written));
    }
  }
}
