package io.voicerouting.cache;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.voicerouting.cache.eviction.Outbox;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.testing.BackingServers;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The migrated tables in a schema of their own, so that no relay of another test's application
 * takes their outbox rows for its own.
 */
public final class CoherenceDatabase {

  private static final String SCHEMA = "coherence";
  private static final int CONNECTIONS = 20;
  private static final CoherenceDatabase INSTANCE = new CoherenceDatabase();

  private final BackingServers servers = BackingServers.shared();
  private final HikariDataSource dataSource;
  private final JdbcTemplate jdbc;
  private final DataSourceTransactionManager transactions;

  private CoherenceDatabase() {
    HikariConfig config = new HikariConfig();
    String url = servers.jdbcUrl();
    config.setJdbcUrl(url + (url.contains("?") ? "&" : "?") + "currentSchema=" + SCHEMA);
    config.setUsername(servers.databaseUsername());
    config.setPassword(servers.databasePassword());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    dataSource = new HikariDataSource(config);
    Flyway.configure().dataSource(dataSource).schemas(SCHEMA).load().migrate();
    jdbc = new JdbcTemplate(dataSource);
    transactions = new DataSourceTransactionManager(dataSource);
  }

  public static CoherenceDatabase get() {
    return INSTANCE;
  }

  /** Settings of the pool, for connections that are made alike. */
  public HikariConfig settings() {
    return dataSource;
  }

  public DataSource dataSource() {
    return dataSource;
  }

  DataSourceTransactionManager transactions() {
    return transactions;
  }

  /** Removes the other registered reigns: the instances that used them are gone. */
  void forgetReignsExcept(List<String> reigns) {
    jdbc.update(
        "delete from routing_cache_reign where not reign = any (?)",
        (Object) reigns.toArray(String[]::new));
  }

  /**
   * Deletes the outbox rows of an organization, as if they had been done long ago.
   *
   * @param organizationId {@link OutboxRow#ALL_ORGANIZATIONS} for rows that name all organizations
   */
  void forgetRows(long organizationId) {
    jdbc.update("delete from routing_cache_eviction where organization_id = ?", organizationId);
  }

  /** For statements of a test's own. */
  JdbcTemplate jdbc() {
    return jdbc;
  }

  /** How many of these rows are still kept. */
  long countRows(List<OutboxRow> rows) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select count(*) from routing_cache_eviction where id = any (?)",
            Long.class,
            (Object) rows.stream().map(OutboxRow::id).toArray(Long[]::new)));
  }

  /** How many of these rows are not done on any reign. */
  public long countOpen(List<OutboxRow> rows) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select count(*) from routing_cache_eviction where id = any (?) and done_at is null",
            Long.class,
            (Object) rows.stream().map(OutboxRow::id).toArray(Long[]::new)));
  }

  /** Inserts an organization with one extension and marks its evictions done; the key of that. */
  public CacheKey newExtension(String displayName) {
    return newExtension(displayName, Duration.ZERO);
  }

  /** The same with an extension that changed this long ago. */
  public CacheKey newExtension(String displayName, Duration age) {
    Long organization =
        jdbc.queryForObject(
            "insert into organizations (name, timezone) values ('Test', 'Europe/Berlin')"
                + " returning id",
            Long.class);
    CacheKey key = new CacheKey("extension", Objects.requireNonNull(organization), "101");
    insert(key, displayName);
    if (!age.isZero()) {
      jdbc.update("delete from extensions where organization_id = ?", key.organizationId());
      jdbc.update(
          "insert into extensions (organization_id, extension_number, type, display_name, updated_at)"
              + " values (?, ?, 'user', ?, now() - ? * interval '1 second')",
          key.organizationId(),
          key.identifier(),
          displayName,
          age.toSeconds());
    }
    jdbc.update(
        "update routing_cache_eviction set done_at = clock_timestamp() where organization_id = ?",
        key.organizationId());
    return key;
  }

  private void insert(CacheKey key, String displayName) {
    jdbc.update(
        "insert into extensions (organization_id, extension_number, type, display_name)"
            + " values (?, ?, 'user', ?)",
        key.organizationId(),
        key.identifier(),
        displayName);
  }

  /**
   * Changes an extension and commits, without evicting: what a writer that dies then leaves behind.
   *
   * @return the transaction's own outbox rows, for {@link PostCommitEvictor#evict}
   */
  public List<OutboxRow> commit(CacheKey key, String displayName) {
    return Objects.requireNonNull(
        new TransactionTemplate(transactions)
            .execute(
                status -> {
                  jdbc.update(
                      "update extensions set display_name = ?"
                          + " where organization_id = ? and extension_number = ?",
                      displayName,
                      key.organizationId(),
                      key.identifier());
                  return new Outbox(dataSource).findByCurrentTransaction();
                }));
  }

  /**
   * As {@link #commit}, with one row for all of the organization, as a bulk statement leaves it.
   */
  List<OutboxRow> commitBulk(CacheKey key, String displayName) {
    return inBulk(() -> commit(key, displayName));
  }

  /** Inserts an extension, with one row for all of the organization. */
  List<OutboxRow> insertBulk(CacheKey key, String displayName) {
    return inBulk(() -> insert(key, displayName));
  }

  private List<OutboxRow> inBulk(Runnable change) {
    return Objects.requireNonNull(
        new TransactionTemplate(transactions)
            .execute(
                status -> {
                  change.run();
                  jdbc.update(
                      "update routing_cache_eviction set resource_type = null, identifier = null"
                          + " where xact_id = pg_current_xact_id()");
                  return new Outbox(dataSource).findByCurrentTransaction();
                }));
  }

  /** As {@link #commit}, with its rows done on every reign, so that no pass evicts them. */
  void commitUnnoticed(CacheKey key, String displayName) {
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            status -> {
              commit(key, displayName);
              jdbc.update(
                  "update routing_cache_eviction set done_at = clock_timestamp(),"
                      + " done_on = array(select reign from routing_cache_reign)"
                      + " where xact_id = pg_current_xact_id()");
            });
  }

  @Nullable LoadedDocument<String> load(long organizationId, @Nullable String number) {
    return jdbc.query(
        "select display_name, pg_current_snapshot()::text, updated_at from extensions"
            + " where organization_id = ? and extension_number = ?",
        result ->
            result.next()
                ? new LoadedDocument<>(
                    result.getString(1),
                    result.getString(2),
                    result.getObject(3, OffsetDateTime.class).toInstant())
                : null,
        organizationId,
        number);
  }
}
