package io.voicerouting.cache.eviction;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.EvictionCause;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox: an eviction that a transaction requires.
 *
 * @param id id of the row
 * @param organizationId the organization; {@link #ALL_ORGANIZATIONS} for all
 * @param resource resource type; null for everything of the organization
 * @param identifier as in {@link CacheKey#identifier()}
 * @param xactId the transaction; 0 where only the key matters, and in a row from another database
 *     cluster
 * @param cause why; null if an earlier release wrote the row
 */
public record OutboxRow(
    long id,
    long organizationId,
    @Nullable String resource,
    @Nullable String identifier,
    long xactId,
    @Nullable EvictionCause cause) {

  /**
   * Stands for every organization. Ids of organizations are positive, and {@link
   * CacheKey#NO_ORGANIZATION} means none.
   */
  public static final long ALL_ORGANIZATIONS = -1;

  /** The columns that {@link #read} reads. */
  static final String COLUMNS =
      "id, organization_id, resource_type, identifier, xact_id::text::bigint as xact_id, cause";

  static OutboxRow read(ResultSet result) throws SQLException {
    return new OutboxRow(
        result.getLong("id"),
        result.getLong("organization_id"),
        result.getString("resource_type"),
        result.getString("identifier"),
        result.getLong("xact_id"),
        EvictionCause.of(result.getString("cause")));
  }

  /** Returns the key to evict; null for everything of the organization. */
  @Nullable CacheKey key() {
    return resource == null ? null : new CacheKey(resource, organizationId, identifier);
  }

  /** Whether the row names everything of the organization. */
  boolean isOrganizationWide() {
    return resource == null;
  }
}
