package io.voicerouting.cache;

import java.util.List;

/**
 * The cache-aside engine. A lookup never fails because the cache does, and never answers from
 * before a write of this instance that was acknowledged when the lookup began. What was written
 * elsewhere, by another instance or by SQL, this one's near cache may miss for two seconds after
 * its eviction, which for SQL comes within one. Only an answer whose status says {@code degraded}
 * may be older.
 */
public interface RoutingCache extends CacheReader {

  /** Returns a reader for the lookups of one request. */
  RequestReader forRequest();

  /**
   * Removes one copy, a negative entry too.
   *
   * @return whether there was one
   * @throws CacheUnavailableException when Redis did not confirm it
   */
  boolean evict(CacheKey key);

  /**
   * Removes every copy of one organization, negative entries too.
   *
   * @return how many there were
   * @throws CacheUnavailableException when Redis did not confirm it
   */
  long clear(long organizationId);

  /**
   * Removes every copy of every organization.
   *
   * @return how many there were
   * @throws CacheUnavailableException when Redis did not confirm it
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
