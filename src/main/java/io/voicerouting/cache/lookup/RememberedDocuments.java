package io.voicerouting.cache.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.near.NearEntry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Loaded documents that are used in place of a Redis entry as long as its bytes do not change.
 * Bounded. Thread-safe.
 */
final class RememberedDocuments {

  private final Cache<CacheKey, Remembered> documents;

  private record Remembered(StoredValue entry, LoadResult<?> document) {}

  /**
   * Creates an empty store.
   *
   * @param maxBytes approximate limit of the heap that all documents take
   */
  RememberedDocuments(long maxBytes) {
    documents =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((CacheKey key, Remembered one) -> NearEntry.weight(one.entry().bytes().length))
            .build();
  }

  void put(CacheKey key, StoredValue entry, LoadResult<?> document) {
    documents.put(key, new Remembered(entry, document));
  }

  /** Returns the document of this entry; null if it is not known. */
  @SuppressWarnings("unchecked") // a key belongs to one resource, and that to one type
  <V> @Nullable LoadResult<V> find(CacheKey key, StoredValue entry) {
    Remembered last = documents.getIfPresent(key);
    return last != null && Arrays.equals(last.entry().bytes(), entry.bytes())
        ? (LoadResult<V>) last.document()
        : null;
  }
}
