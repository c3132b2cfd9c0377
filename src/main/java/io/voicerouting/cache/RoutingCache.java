package io.voicerouting.cache;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cache-aside engine. A lookup never fails because the cache does, and never answers from
 * before a write of this instance that was acknowledged when the lookup began. What was written
 * elsewhere, by another instance or by SQL, this one's near cache may miss for two seconds after
 * its eviction, which for SQL comes within one. Only an answer whose status says {@code degraded}
 * may be older.
 */
public interface RoutingCache {

  /**
   * Looks a document up, in the cache first and then in the database.
   *
   * @param resource the kind of document
   * @param organizationId the owner, positive
   * @param identifier as in {@link CacheKey#identifier()}
   */
  <V> Lookup<V> get(CachedResource<V> resource, long organizationId, @Nullable String identifier);

  /**
   * Makes lookups that are one to their caller: together they lose no more time to a broken cache
   * than one may, and what Redis is asked for it is asked for at once.
   *
   * @param likely what they are likely to look up
   * @param lookups calls {@link #get} on the caller's thread
   * @return what that returned; what it threw is thrown
   */
  <T> T asOne(List<CacheKey> likely, Supplier<T> lookups);

  /**
   * Removes one copy, a negative entry too.
   *
   * @return whether there was one
   * @throws CacheUnavailableException when Redis did not confirm it
   */
  boolean evict(CacheKey key);

  /**
   * Voids every cache entry of one organization, negative entries too. Returns after 1.5 seconds,
   * when no instance uses them any more.
   *
   * @return how many were removed from Redis
   * @throws CacheUnavailableException when Redis did not confirm it, or the database cannot be
   *     asked
   */
  long clear(long organizationId);

  /**
   * Voids every cache entry of every organization, as {@link #clear} does.
   *
   * @return how many were removed from Redis
   * @throws CacheUnavailableException when Redis did not confirm it, or the database cannot be
   *     asked
   */
  long clearAll();

  /**
   * Loads into the cache what {@link CachedResource#keysToWarm} names, for all resources.
   *
   * @return how many documents are now cached
   * @throws CacheUnavailableException when Redis or the database cannot be used
   */
  int warm(long organizationId);

  /**
   * The cached copy as it stands, without loading it.
   *
   * @throws CacheUnavailableException when Redis did not answer
   */
  CachedEntry inspect(CacheKey key);

  /**
   * The organization's cached keys in the order of their names.
   *
   * @param page from 0
   * @param size entries a page, positive
   * @throws CacheUnavailableException when Redis did not answer
   */
  CachedKeys keys(long organizationId, int page, int size);

  /**
   * Figures of each resource and the state of what they stand on. Asks neither Redis nor database.
   */
  CacheSummary summary();

  /** The kinds of document there are, by name. */
  List<CachedResource<?>> resources();
}
