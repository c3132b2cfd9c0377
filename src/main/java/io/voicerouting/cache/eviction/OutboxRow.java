package io.voicerouting.cache.eviction;

import io.voicerouting.cache.CacheKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One eviction that a transaction asked for.
 *
 * @param id id of the row
 * @param organizationId the organization
 * @param resource resource type; null for everything of the organization
 * @param identifier as in {@link CacheKey#identifier()}
 */
public record OutboxRow(
    long id, long organizationId, @Nullable String resource, @Nullable String identifier) {

  /** What {@link #read} needs of the table. */
  static final String COLUMNS = "id, organization_id, resource_type, identifier";

  static OutboxRow read(ResultSet result) throws SQLException {
    return new OutboxRow(
        result.getLong("id"),
        result.getLong("organization_id"),
        result.getString("resource_type"),
        result.getString("identifier"));
  }

  /** The key to evict; null for everything of the organization. */
  @Nullable CacheKey key() {
    return resource == null ? null : new CacheKey(resource, organizationId, identifier);
  }
}
