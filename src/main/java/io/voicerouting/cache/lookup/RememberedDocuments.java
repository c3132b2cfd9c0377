package io.voicerouting.cache.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.LoadStamp;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.near.NearEntry;
import io.voicerouting.cache.near.RepeatedKeys;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Loaded documents that are used in place of a Redis entry as long as its bytes do not change.
 * Bounded. Thread-safe.
 */
final class RememberedDocuments {

  private final Cache<CacheKey, RememberedEntry> entries;
  private final RepeatedKeys admission;
  private final NanoClock clock;

  /**
   * Creates an empty store.
   *
   * @param maxBytes approximate limit of the heap that all documents take
   */
  RememberedDocuments(long maxBytes, NanoClock clock) {
    RepeatedKeys repeated = new RepeatedKeys(clock, maxBytes);
    this.clock = clock;
    this.admission = repeated;
    entries =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((CacheKey key, RememberedEntry one) -> NearEntry.weight(one.bytes().length))
            .evictionListener((key, entry, cause) -> repeated.recordEviction(cause))
            .executor(Runnable::run) // handing over takes longer than the work
            .build();
  }

  /**
   * Remembers the document of an entry that was just read, unless memory is full and the key was
   * not read before, lately.
   */
  void put(CacheKey key, StoredValue entry, LoadResult<?> document) {
    if (!admission.admits(entries, key)) {
      return;
    }
    boolean identified = LoadStamp.namesSnapshot(entry.bytes()); // else a later fill is equal
    long ttlMillis = identified ? Math.max(0, entry.ttlMillis()) : 0;
    long expiryNanos = clock.getAsLong() + Duration.ofMillis(ttlMillis).toNanos();
    entries.put(key, new RememberedEntry(entry.bytes(), document, expiryNanos));
  }

  /** Returns the document of this entry; null if it is not known. */
  @SuppressWarnings("unchecked") // a key belongs to one resource, and that to one type
  <V> @Nullable LoadResult<V> find(CacheKey key, StoredValue entry) {
    RememberedEntry last = entries.getIfPresent(key);
    return last != null && last.isStill(entry) ? (LoadResult<V>) last.document() : null;
  }

  /** Returns the last entry of a key; null if there is none, or its remaining TTL is unknown. */
  @Nullable RememberedEntry findUnexpired(CacheKey key) {
    RememberedEntry last = entries.getIfPresent(key);
    return last != null && ttlMillis(last) > 0 ? last : null;
  }

  /** Returns the remaining TTL of an entry that Redis still has. */
  long ttlMillis(RememberedEntry entry) {
    return Math.max(0, Duration.ofNanos(entry.expiryNanos() - clock.getAsLong()).toMillis());
  }
}
