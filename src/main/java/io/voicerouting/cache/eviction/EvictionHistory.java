package io.voicerouting.cache.eviction;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.EvictionCause;
import io.voicerouting.cache.RecentEvictions;
import io.voicerouting.cache.support.EntryEvents;
import io.voicerouting.common.HostName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last evictions, as far as they are remembered: rows of the outbox and losses in the database,
 * and expiries in this instance.
 */
public final class EvictionHistory {

  /** Rows of the key, of everything of the organization, and of everything. */
  private static final String SCOPE =
      " where (organization_id in (?, ?, -1) and resource_type is null"
          + " or organization_id = ? and resource_type = ? and identifier is not distinct from ?)";

  /**
   * Rows of the organization, rows of everything, and the rows of keys without an organization for
   * which a condition is true. As above, 0 and -1 stand for no and for every organization.
   */
  private static final String ORGANIZATION =
      " where (organization_id in (?, -1)"
          + " or organization_id = 0 and (resource_type is null or %s))";

  /** Documents that belonged to the organization when they were changed. */
  private static final String OWNED_BEFORE = "? = any (owner_ids) or ";

  private static final String ORDER = " order by id desc limit ?";

  private static final String EVICTIONS = "select * from routing_cache_eviction";
  private static final String LOSSES = "select * from routing_cache_loss";
  private static final String OR_SERVER = " or organization_id is null";

  private static final JsonMapper MAPPER = new JsonMapper();

  private final JdbcTemplate jdbc;
  private final EntryEvents events;
  private final String ownedNow;
  private final int ownedNowParameters;

  public EvictionHistory(
      DataSource dataSource,
      EntryEvents events,
      Collection<? extends CachedResource<?>> resources) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.events = events;
    this.ownedNow =
        resources.stream()
            .map(EvictionHistory::ownedNow)
            .collect(
                Collectors.joining(
                    " union all ", "(resource_type, coalesce(identifier, '')) in (", ")"));
    this.ownedNowParameters = resources.size();
  }

  /** Selects the documents of a resource that belong to an organization and do not name it. */
  private static String ownedNow(CachedResource<?> resource) {
    return "select '"
        + resource.name()
        + "', coalesce(identifier, '') from ("
        + resource.taggedKeys().query()
        + ") owned where organization_id = 0 and owner_id = ?";
  }

  /**
   * Returns the last evictions of a key, the newest first.
   *
   * @param organizationId the organization that the document may belong to
   * @throws CacheUnavailableException if the database is unavailable
   */
  public RecentEvictions find(long organizationId, CacheKey key, int limit) {
    Object[] parameters = {
      organizationId,
      key.organizationId(),
      key.organizationId(),
      key.resource(),
      key.identifier(),
      limit
    };
    List<RecentEvictions.Item> items = new ArrayList<>(evictions(SCOPE, parameters));
    items.addAll(losses(SCOPE, parameters));
    List<RecentEvictions.Item> expiries =
        events.expired(key).stream()
            .filter(entry -> items.stream().noneMatch(item -> isWithin(item, entry)))
            .map(entry -> expiry(key, entry))
            .toList();
    items.addAll(expiries);
    return newest(items, limit);
  }

  /**
   * Returns the last evictions of an organization, the newest first. They include those of
   * documents whose keys do not name it, if these belong to it or did when they were changed.
   *
   * @throws CacheUnavailableException if the database is unavailable
   */
  public RecentEvictions find(long organizationId, int limit) {
    List<Object> parameters =
        new ArrayList<>(Collections.nCopies(ownedNowParameters + 1, organizationId));
    parameters.add(limit);
    List<RecentEvictions.Item> items =
        new ArrayList<>(losses(ORGANIZATION.formatted(ownedNow), parameters.toArray()));
    parameters.addFirst(organizationId);
    items.addAll(evictions(ORGANIZATION.formatted(OWNED_BEFORE + ownedNow), parameters.toArray()));
    return newest(items, limit);
  }

  private static RecentEvictions newest(List<RecentEvictions.Item> items, int limit) {
    return new RecentEvictions(
        items.stream()
            .sorted(Comparator.comparing(RecentEvictions.Item::statedAt).reversed())
            .limit(limit)
            .toList());
  }

  private List<RecentEvictions.Item> evictions(String scope, Object... parameters) {
    return query(EVICTIONS + scope + ORDER, (row, number) -> eviction(row), parameters);
  }

  private List<RecentEvictions.Item> losses(String scope, Object... parameters) {
    return query(LOSSES + scope + OR_SERVER + ORDER, (row, number) -> loss(row), parameters);
  }

  private List<RecentEvictions.Item> query(
      String sql, RowMapper<RecentEvictions.Item> mapper, Object... parameters) {
    try {
      return jdbc.query(sql, mapper, parameters);
    } catch (DataAccessException e) {
      throw new CacheUnavailableException("The database is down", e);
    }
  }

  /** Whether an entry was evicted or lost before it could expire. */
  private static boolean isWithin(RecentEvictions.Item item, EntryEvents.Stored entry) {
    Instant confirmed = item.confirmedAt();
    Instant end = confirmed == null ? item.statedAt() : confirmed;
    return !item.statedAt().isAfter(entry.expiry()) && end.isAfter(entry.at());
  }

  private static RecentEvictions.Item expiry(CacheKey key, EntryEvents.Stored last) {
    return new RecentEvictions.Item(
        key.redisKey(),
        key.organizationId(),
        EvictionCause.EXPIRED,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "stored at " + last.at() + " until then",
        HostName.get(),
        last.expiry(),
        null,
        null,
        List.of());
  }

  private static RecentEvictions.Item eviction(ResultSet row) throws SQLException {
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

  private static RecentEvictions.Item loss(ResultSet row) throws SQLException {
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
