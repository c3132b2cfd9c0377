package io.voicerouting.cache.eviction;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.EvictionCause;
import io.voicerouting.cache.RecentEvictions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads evictions from rows of the outbox and of losses. */
final class EvictionRows {

  private static final JsonMapper MAPPER = new JsonMapper();

  private EvictionRows() {}

  /** Reads a row of the outbox. */
  static RecentEvictions.Item eviction(ResultSet row) throws SQLException {
    Instant stated = row.getObject("created_at", OffsetDateTime.class).toInstant();
    List<RecentEvictions.Confirmation> servers =
        confirmations(row.getString("confirmations"), stated);
    // The previous release records only the first time.
    OffsetDateTime done = row.getObject("done_at", OffsetDateTime.class);
    Instant confirmed =
        done == null || servers.isEmpty() ? toInstant(done) : servers.getFirst().confirmedAt();
    return new RecentEvictions.Item(
        key(row),
        organization(row),
        EvictionCause.of(row.getString("cause")),
        row.getString("changed_table"),
        row.getString("operation"),
        row.getString("statement"),
        row.getString("selection"),
        row.getString("token_name"),
        row.getString("application_name"),
        row.getString("database_user"),
        null,
        null,
        stated,
        confirmed,
        confirmed == null ? null : Duration.between(stated, confirmed).toMillis(),
        servers);
  }

  private static @Nullable Instant toInstant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /** Reads a row of what was lost without a request. */
  static RecentEvictions.Item loss(ResultSet row) throws SQLException {
    Instant at = row.getObject("occurred_at", OffsetDateTime.class).toInstant();
    return new RecentEvictions.Item(
        key(row),
        organization(row),
        EvictionCause.of(row.getString("cause")),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        row.getString("detail"),
        row.getString("instance"),
        at,
        null,
        null,
        List.of(new RecentEvictions.Confirmation(row.getString("server"), at, 0)));
  }

  private static @Nullable String key(ResultSet row) throws SQLException {
    String resource = row.getString("resource_type");
    return resource == null
        ? null
        : new CacheKey(resource, row.getLong("organization_id"), row.getString("identifier"))
            .redisKey();
  }

  private static @Nullable Long organization(ResultSet row) throws SQLException {
    long id = row.getLong("organization_id");
    return row.wasNull() || id == OutboxRow.ALL_ORGANIZATIONS ? null : id;
  }

  private static List<RecentEvictions.Confirmation> confirmations(
      @Nullable String json, Instant stated) {
    if (json == null) {
      return List.of();
    }
    return MAPPER.readTree(json).values().stream()
        .map(confirmation -> confirmation(confirmation, stated))
        .sorted(Comparator.comparing(RecentEvictions.Confirmation::confirmedAt))
        .toList();
  }

  private static RecentEvictions.Confirmation confirmation(JsonNode stored, Instant stated) {
    return RecentEvictions.Confirmation.of(
        stored.path("server").asString(),
        stated,
        OffsetDateTime.parse(stored.path("at").asString()).toInstant());
  }
}
