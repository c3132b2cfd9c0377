package io.voicerouting.console;

import io.voicerouting.cache.CacheReader;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.cache.Lookup;
import org.jspecify.annotations.Nullable;

/**
 * Loads every document from PostgreSQL, past the cache, and stores nothing. Throws {@link
 * org.springframework.dao.DataAccessException} if the database is unavailable.
 */
final class DatabaseReader implements CacheReader {

  private static final CacheStatus STATUS = CacheStatus.miss();

  @Override
  public <V> Lookup<V> get(
      CachedResource<V> resource, long organizationId, @Nullable String identifier) {
    LoadedDocument<V> loaded = resource.load(organizationId, identifier);
    return loaded == null
        ? new Lookup.Absent<>(STATUS)
        : new Lookup.Found<>(loaded.value(), STATUS);
  }
}
