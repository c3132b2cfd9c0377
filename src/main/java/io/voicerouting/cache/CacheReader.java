package io.voicerouting.cache;

import org.jspecify.annotations.Nullable;

/** Looks documents up: in the cache first, then in the database. */
public interface CacheReader {

  /**
   * Looks up a document.
   *
   * @param resource the kind of document
   * @param organizationId the owner, positive
   * @param identifier as in {@link CacheKey#identifier()}
   */
  <V> Lookup<V> get(CachedResource<V> resource, long organizationId, @Nullable String identifier);
}
