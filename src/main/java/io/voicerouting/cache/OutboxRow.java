package io.voicerouting.cache;

import org.jspecify.annotations.Nullable;

/**
 * One eviction that a transaction asked for.
 *
 * @param id id of the row
 * @param organizationId the organization
 * @param resource resource type; null for everything of the organization
 * @param identifier as in {@link CacheKey#identifier()}
 */
record OutboxRow(
    long id, long organizationId, @Nullable String resource, @Nullable String identifier) {

  /** The key to evict; null for everything of the organization. */
  @Nullable CacheKey key() {
    return resource == null ? null : new CacheKey(resource, organizationId, identifier);
  }
}
