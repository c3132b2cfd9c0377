package io.voicerouting.cache.eviction;

import io.voicerouting.cache.CacheKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One eviction that a transaction asked for.
 *
 * @param id id of the row
 * @param organizationId the organization; {@link #ALL_ORGANIZATIONS} for all
 * @param resource resource type; null for everything of the organization
 * @param identifier as in {@link CacheKey#identifier()}
 * @param xactId the transaction; 0 where only the key matters, and in a row from another database
 *     cluster
 */
public record OutboxRow(
    long id,
    long organizationId,
    @Nullable String resource,
    @Nullable String identifier,
    long xactId) {

  /** Stands for every organization; ids of organizations are positive. */
  public static final long ALL_ORGANIZATIONS = 0;

  /** What {@link #read} needs of the table. */
  static final String COLUMNS =
      "id, organization_id, resource_type, identifier, xact_id::text::bigint as xact_id";

  static OutboxRow read(ResultSet result) throws SQLException {
    return new OutboxRow(
        result.getLong("id"),
        result.getLong("organization_id"),
        result.getString("resource_type"),
        result.getString("identifier"),
        result.getLong("xact_id"));
  }

  /** The key to evict; null for everything of the organization. */
  @Nullable CacheKey key() {
    return resource == null ? null : new CacheKey(resource, organizationId, identifier);
  }

  /** Whether it names everything of the organization. */
  boolean isOrganizationWide() {
    return resource == null;
  }
}
