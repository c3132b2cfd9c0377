package io.voicerouting.cache.eviction;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.EvictionCause;
import io.voicerouting.cache.RecentEvictions;
import io.voicerouting.cache.support.EntryEvents;
import io.voicerouting.common.HostName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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

/**
 * The last evictions, as far as they are remembered: rows of the outbox and losses in the database,
 * and expiries in this instance.
 */
public final class EvictionHistory {

  /** Rows of the key, of everything of the organization, and of everything. */
  private static final String SCOPE =
      "organization_id in (?, ?, -1) and resource_type is null"
          + " or organization_id = ? and resource_type = ? and identifier is not distinct from ?";

  /**
   * Rows of the organization, rows of everything, and the rows of keys without an organization for
   * which a condition is true. As above, 0 and -1 stand for no and for every organization.
   */
  private static final String ORGANIZATION =
      "organization_id in (?, -1) or organization_id = 0 and (resource_type is null or %s)";

  /** Documents that belonged to the organization when they were changed. */
  private static final String OWNED_BEFORE = "? = any (owner_ids) or ";

  /** Takes the cause and the limit. */
  private static final String NEWEST =
      ") and (cause = ?::text or ?::text is null) order by id desc limit ?";

  private static final String EVICTIONS = "select * from routing_cache_eviction where (";
  private static final String LOSSES = "select * from routing_cache_loss where (";
  private static final String OR_SERVER = " or organization_id is null";

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
   * @param cause null for every cause
   * @throws CacheUnavailableException if the database is unavailable
   */
  public RecentEvictions find(
      long organizationId, CacheKey key, @Nullable EvictionCause cause, int limit) {
    List<Object> parameters =
        Arrays.asList(
            organizationId,
            key.organizationId(),
            key.organizationId(),
            key.resource(),
            key.identifier());
    EvictionCause stored = cause == EvictionCause.EXPIRED ? null : cause;
    List<RecentEvictions.Item> items = new ArrayList<>(evictions(SCOPE, parameters, stored, limit));
    items.addAll(losses(SCOPE, parameters, stored, limit));
    if (stored == null) {
      items.addAll(expiries(key, items));
    }
    items.removeIf(item -> cause != null && item.cause() != cause);
    return newest(items, limit);
  }

  /**
   * Returns the last evictions of an organization, the newest first. They include those of
   * documents whose keys do not name it, if these belong to it or did when they were changed.
   *
   * @param cause null for every cause
   * @throws CacheUnavailableException if the database is unavailable
   */
  public RecentEvictions find(long organizationId, @Nullable EvictionCause cause, int limit) {
    List<Object> parameters =
        new ArrayList<>(Collections.nCopies(ownedNowParameters + 1, organizationId));
    List<RecentEvictions.Item> items =
        new ArrayList<>(losses(ORGANIZATION.formatted(ownedNow), parameters, cause, limit));
    parameters.addFirst(organizationId);
    items.addAll(
        evictions(ORGANIZATION.formatted(OWNED_BEFORE + ownedNow), parameters, cause, limit));
    return newest(items, limit);
  }

  private static RecentEvictions newest(List<RecentEvictions.Item> items, int limit) {
    return new RecentEvictions(
        items.stream()
            .sorted(Comparator.comparing(RecentEvictions.Item::statedAt).reversed())
            .limit(limit)
            .toList());
  }

  private List<RecentEvictions.Item> evictions(
      String scope, List<Object> parameters, @Nullable EvictionCause cause, int limit) {
    return query(
        EVICTIONS + scope, (row, number) -> EvictionRows.eviction(row), parameters, cause, limit);
  }

  private List<RecentEvictions.Item> losses(
      String scope, List<Object> parameters, @Nullable EvictionCause cause, int limit) {
    return query(
        LOSSES + scope + OR_SERVER,
        (row, number) -> EvictionRows.loss(row),
        parameters,
        cause,
        limit);
  }

  private List<RecentEvictions.Item> query(
      String sql,
      RowMapper<RecentEvictions.Item> mapper,
      List<Object> scope,
      @Nullable EvictionCause cause,
      int limit) {
    String code = cause == null ? null : cause.code();
    List<@Nullable Object> parameters = new ArrayList<>(scope);
    Collections.addAll(parameters, code, code, limit);
    try {
      return jdbc.query(sql + NEWEST, mapper, parameters.toArray());
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

  /** What expired, except entries that were evicted or lost before. */
  private List<RecentEvictions.Item> expiries(CacheKey key, List<RecentEvictions.Item> items) {
    return events.expired(key).stream()
        .filter(entry -> items.stream().noneMatch(item -> isWithin(item, entry)))
        .map(entry -> expiry(key, entry))
        .toList();
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
}
