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
 * Records events of entries, to explain later why one vanished: the expiry of the last entries that
 * this instance stored, and losses that are not written to the database yet. Bounded. Thread-safe.
 */
public final class EntryEvents {

  /** Most losses of one cause that wait to be written; further ones are only counted. */
  static final int MAX_WAITING = 10;

  /** Keys whose expiry is remembered: about 3 MB of heap. */
  private static final int MAX_STORED = 10_000;

  private final InstantSource time;
  private final Cache<CacheKey, StoredEntries> stored =
      Caffeine.newBuilder().maximumSize(MAX_STORED).build();
  private final Map<EvictionCause, List<Loss>> waiting = new EnumMap<>(EvictionCause.class);

  public EntryEvents(InstantSource time) {
    this.time = time;
  }

  /** An entry that was stored, and until when. */
  public record Stored(Instant at, Instant expiry) {

    private boolean isExpired(Instant now) {
      return !expiry.isAfter(now);
    }
  }

  /**
   * The last entries that were stored for a key.
   *
   * @param last the last one
   * @param before the latest earlier one that had expired when it was replaced; null for none
   */
  private record StoredEntries(Stored last, @Nullable Stored before) {

    StoredEntries then(Stored next) {
      return new StoredEntries(next, last.isExpired(next.at()) ? last : before);
    }
  }

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
    Stored next = new Stored(now, now.plus(ttl));
    stored.asMap().merge(key, new StoredEntries(next, null), (known, unused) -> known.then(next));
  }

  /**
   * Returns the entries that this instance has stored for a key and whose TTL is over, at most two:
   * the last one, and one before.
   */
  public List<Stored> expired(CacheKey key) {
    StoredEntries entries = stored.getIfPresent(key);
    if (entries == null) {
      return List.of();
    }
    List<Stored> expired = new ArrayList<>();
    if (entries.last().isExpired(time.instant())) {
      expired.add(entries.last());
    }
    Stored before = entries.before();
    if (before != null) {
      expired.add(before);
    }
    return expired;
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

  /** Removes losses that were written. */
  public void forget(List<Loss> written) {
    synchronized (waiting) {
      waiting.values().forEach(same -> same.removeAll(written));
    }
  }
}
