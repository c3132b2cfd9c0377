package io.voicerouting.cache;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of document that the cache can hold. The engine needs a bean of this type, and a migration
 * whose triggers write the resource's keys to the outbox.
 *
 * @param <V> the document: an immutable record that Jackson can write and read
 */
public interface CachedResource<V> {

  /** The definition: always the same object. */
  ResourceDefinition<V> definition();

  /** {@link ResourceDefinition#name()}. */
  default String name() {
    return definition().name();
  }

  /** TTL of "no such row" in Redis unless a setting changes it. */
  default Duration defaultNegativeTtl() {
    return Duration.ofSeconds(60);
  }

  /**
   * Whether "no such row" is stored in Redis. It is not if anybody can ask for any number of
   * identifiers that do not exist, such as guessed tokens; each such lookup then queries the
   * database.
   */
  default boolean storesAbsence() {
    return true;
  }

  /**
   * Loads the document and {@code pg_current_snapshot()} by one statement, so that all of it is
   * from one moment. Called outside of a transaction, so that the load takes one round trip.
   *
   * @param organizationId as in {@link CacheKey#organizationId()}
   * @param identifier as in {@link CacheKey#identifier()}
   * @return the document, or null if there is no such row
   */
  @Nullable LoadedDocument<V> load(long organizationId, @Nullable String identifier);

  /**
   * Returns the organization that a document belongs to; clearing it evicts the document.
   *
   * @return the organization in the key, unless the key names none
   */
  default long owner(CacheKey key, V document) {
    return key.organizationId();
  }

  /**
   * Returns the key of a document that an operator names.
   *
   * @param organizationId the organization in the path, positive
   * @param identifier as people write it; null for the only document of an organization or of all
   * @return null if an identifier is missing, or if documents of this resource have none
   * @throws IllegalArgumentException if the identifier has another form; its message names the
   *     expectation
   */
  default @Nullable CacheKey keyOf(long organizationId, @Nullable String identifier) {
    return identifier == null ? null : new CacheKey(name(), organizationId, identifier);
  }

  /**
   * Whether a key names a document of this resource that may belong to an organization, so that
   * {@link #load} accepts it. Reads no row.
   *
   * @param organizationId of the owner; 0 for a key that does not name it
   */
  default boolean isKey(long organizationId, CacheKey key) {
    try {
      return key.equals(keyOf(organizationId, key.identifier()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Returns the keys to load when the cache is warmed. Called within a read-only transaction.
   *
   * @param organizationId the owner, positive
   * @return keys of this resource, possibly none
   */
  List<CacheKey> keysToWarm(long organizationId);

  /** Returns how the database finds the keys of this resource: always the same object. */
  TaggedKeys taggedKeys();
}
