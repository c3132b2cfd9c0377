package io.voicerouting.cache;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of document that the cache can hold. A resource package declares one of these as a bean;
 * that, and a migration whose triggers write the resource's keys to the outbox, is all the engine
 * needs.
 *
 * @param <V> the document: an immutable record that Jackson can write and read
 */
public interface CachedResource<V> {

  /** Resource type in keys, outbox rows, meters and answers: lower case with underscores. */
  String name();

  /** Name in log lines, such as {@code Business hours}. */
  String title();

  /** Type of the document. */
  Class<V> type();

  /** Version of the document's shape; copies with any other are dropped and loaded again. */
  int schemaVersion();

  /** TTL of an entry in Redis unless {@code routing.cache.resources.<name>.ttl} sets another. */
  Duration defaultTtl();

  /** TTL of "no such row" in Redis unless a setting changes it. */
  default Duration defaultNegativeTtl() {
    return Duration.ofSeconds(60);
  }

  /**
   * Loads the document, all of it as it was at one moment: by one statement, which takes one round
   * trip because it is called outside of any transaction. The same statement reads {@code
   * pg_current_snapshot()}.
   *
   * @param organizationId the owner, positive
   * @param identifier as in {@link CacheKey#identifier()}
   * @return the document, or null when there is no such row
   */
  @Nullable LoadedDocument<V> load(long organizationId, @Nullable String identifier);

  /**
   * Keys worth loading before anybody asks. Called within a read-only transaction.
   *
   * @param organizationId the owner, positive
   * @return keys of this resource, possibly none
   */
  List<CacheKey> keysToWarm(long organizationId);
}
