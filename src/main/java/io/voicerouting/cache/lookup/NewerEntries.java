package io.voicerouting.cache.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.document.DocumentCodec;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.near.NearEntry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What this instance has loaded for keys whose entry in Redis is of a newer schema version, as
 * during a rolling deployment. A load counts as long as Redis has the very entry that was read
 * before the load: a change that came after the load evicts that entry, and no later fill has the
 * same bytes, because they name the snapshot of their load. Thread-safe.
 */
final class NewerEntries {

  private static final long MAX_BYTES = 8L << 20;

  private final Cache<CacheKey, Beside> loads =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .weigher((CacheKey key, Beside load) -> NearEntry.weight(load.entry().bytes().length))
          .build();

  private record Beside(StoredValue entry, LoadResult<?> loaded) {}

  /**
   * Remembers a load.
   *
   * @param entry that was read before the load began; one without a snapshot is not remembered
   * @param loaded "no such row" is not remembered, because it has no snapshot for marks to void
   */
  void put(CacheKey key, StoredValue entry, LoadResult<?> loaded) {
    if (loaded.snapshot() != null && DocumentCodec.namesSnapshot(entry.bytes())) {
      loads.put(key, new Beside(entry, loaded));
    }
  }

  /** Returns what was loaded beside this entry; null if nothing was. */
  @SuppressWarnings("unchecked") // a key belongs to one resource, and that to one type
  <V> @Nullable LoadResult<V> find(CacheKey key, StoredValue entry) {
    Beside load = loads.getIfPresent(key);
    return load != null && Arrays.equals(load.entry().bytes(), entry.bytes())
        ? (LoadResult<V>) load.loaded()
        : null;
  }
}
