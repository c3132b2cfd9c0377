package io.voicerouting.cache;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cache-aside engine. A lookup never fails because the cache does. It never returns a document
 * from before a write of this instance that was acknowledged when the lookup began. Writes of other
 * instances, and changes by SQL once they are evicted (within a second), may be missing from the
 * near cache for two seconds. Only an answer with status {@code degraded} may be older.
 */
public interface RoutingCache extends CacheReader {

  /** Returns a reader for the lookups of one request. */
  RequestReader forRequest();

  /**
   * Evicts one cache entry, a negative entry too. Returns as a write does: once it is evicted on
   * every Redis primary in use, or after 1.5 seconds.
   *
   * @return whether the Redis primary of this instance had the entry
   * @throws CacheUnavailableException if Redis did not confirm it, or the database is unavailable
   */
  boolean evict(CacheKey key);

  /**
   * Evicts every entry of one organization, negative entries too. Returns after 1.5 seconds, when
   * no instance uses them any more.
   *
   * @return number of entries removed from Redis
   * @throws CacheUnavailableException if Redis did not confirm it, or the database is unavailable
   */
  long clear(long organizationId);

  /**
   * Evicts every entry of every organization, as {@link #clear} does.
   *
   * @return number of entries removed from Redis
   * @throws CacheUnavailableException if Redis did not confirm it, or the database is unavailable
   */
  long clearAll();

  /**
   * Evicts the documents that the database selects. Returns as a write does: when they are evicted
   * on every Redis primary in use, or after 1.5 seconds; then no instance uses them any more.
   *
   * @throws io.voicerouting.common.InvalidFieldsException if the selection is invalid
   * @throws CacheUnavailableException if the database is unavailable
   */
  BulkEviction evict(EvictionSelection selection);

  /**
   * Counts the keys that {@link #evict(EvictionSelection)} would evict.
   *
   * @throws io.voicerouting.common.InvalidFieldsException if the selection is invalid
   * @throws CacheUnavailableException if the database is unavailable
   */
  long count(EvictionSelection selection);

  /**
   * Loads the {@linkplain CachedResource#keysToWarm keys to warm} of all resources.
   *
   * @return how many documents are now cached
   * @throws CacheUnavailableException if Redis or the database is down
   */
  int warm(long organizationId);

  /**
   * Returns the cache entry of a key without loading it.
   *
   * @throws CacheUnavailableException if Redis did not answer
   */
  CachedEntry inspect(CacheKey key);

  /**
   * Returns one page of the organization's cached keys, sorted.
   *
   * @param page from 0
   * @param size entries a page, positive
   * @throws CacheUnavailableException if Redis did not answer
   */
  CachedKeys keys(long organizationId, int page, int size);

  /**
   * Counts those of the keys that are cached.
   *
   * @throws CacheUnavailableException if Redis did not answer
   */
  int countCached(List<CacheKey> keys);

  /**
   * Returns the last evictions, the newest first, as far as they are remembered: for as long as
   * done rows of the outbox are kept. Expiries are known only of entries that this instance has
   * stored.
   *
   * @param organizationId organization-wide evictions are included, also for a key
   * @param key null for the evictions whose keys name the organization
   * @param cause null for every cause
   * @param limit most evictions to return, positive
   * @throws CacheUnavailableException if the database is down
   */
  RecentEvictions evictions(
      long organizationId, @Nullable CacheKey key, @Nullable EvictionCause cause, int limit);

  /**
   * Returns the figures of each resource and the state of Redis, near cache and outbox. Queries
   * neither Redis nor the database.
   */
  CacheSummary summary();

  /** Returns all resources, sorted by name. */
  List<CachedResource<?>> resources();
}
