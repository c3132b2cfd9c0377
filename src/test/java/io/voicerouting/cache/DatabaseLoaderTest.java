package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicerouting.testing.IntegrationTest;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** Loads in the service's own transactions. */
@IntegrationTest
class DatabaseLoaderTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Set<String> SIMPLE = Set.of("extension", "organization");
  private static final String COUNT = "select count(*) from organizations";

  @Autowired private PlatformTransactionManager transactions;
  @Autowired private DataSource dataSource;
  @Autowired private EntityManagerFactory entities;
  @Autowired private List<CachedResource<?>> resources;

  private JdbcTemplate inside;
  private JdbcTemplate outside;

  @BeforeEach
  void setUp() {
    inside = new JdbcTemplate(dataSource);
    outside = new JdbcTemplate(new DelegatingDataSource(dataSource)); // never the load's connection
  }

  @Test
  void theStatementsOfALoadSeeOneSnapshotAndCannotWrite() {
    Counts counts = new Counts();

    String seen =
        loader(List.of(counts)).start(counts, new CacheKey(counts.name(), 1, null)).join().value();

    assertThat(seen).isEqualTo("same, read-only on");
    assertThat(inside.queryForObject("show transaction_isolation", String.class))
        .isEqualTo("read committed"); // the next to have the connection
  }

  @Test
  void extensionsAndOrganizationsAreLoadedInOneRoundTrip() {
    long organization =
        Objects.requireNonNull(
            inside.queryForObject(
                "insert into organizations (name, timezone) values ('Test', 'UTC') returning id",
                Long.class));
    inside.update(
        "insert into extensions (organization_id, extension_number, type) values (?, '1001', 'user')",
        organization);
    List<CachedResource<?>> simple =
        resources.stream().filter(resource -> SIMPLE.contains(resource.name())).toList();
    assertThat(simple).hasSameSizeAs(SIMPLE);
    Statistics statistics = entities.unwrap(SessionFactory.class).getStatistics();
    statistics.setStatisticsEnabled(true);
    try {
      for (CachedResource<?> resource : simple) {
        statistics.clear();
        CacheKey key = new CacheKey(resource.name(), organization, "1001");

        assertThat(loader(simple).start(resource, key).join().value()).isNotNull();
        assertThat(statistics.getPrepareStatementCount()).as(resource.name()).isEqualTo(1);
        // Each would begin with a statement of its own, and end with another.
        assertThat(statistics.getTransactionCount()).as(resource.name()).isZero();
      }
    } finally {
      statistics.setStatisticsEnabled(false);
    }
  }

  private DatabaseLoader loader(List<? extends CachedResource<?>> loaded) {
    return new DatabaseLoader(
        transactions,
        inside,
        new CacheMeters(new SimpleMeterRegistry(), List.copyOf(loaded)),
        Runnable::run,
        1,
        LONG,
        LONG,
        () -> {});
  }

  @Test
  void thePoolKeepsAskingForConnections() throws SQLException {
    assertThat(dataSource.unwrap(HikariDataSource.class).getDataSource())
        .isInstanceOf(PersistentDataSource.class);
  }

  /** Counts organizations, has one more inserted by another, and counts again. */
  private final class Counts implements CachedResource<String> {
    @Override
    public String name() {
      return "counts";
    }

    @Override
    public String title() {
      return "Counts";
    }

    @Override
    public Class<String> type() {
      return String.class;
    }

    @Override
    public int schemaVersion() {
      return 1;
    }

    @Override
    public Duration ttl() {
      return LONG;
    }

    @Override
    public @Nullable String load(long organizationId, @Nullable String identifier) {
      Long before = inside.queryForObject(COUNT, Long.class);
      outside.update("insert into organizations (name, timezone) values ('Test', 'UTC')");
      Long after = inside.queryForObject(COUNT, Long.class);
      String readOnly = inside.queryForObject("show transaction_read_only", String.class);
      return (after != null && after.equals(before) ? "same" : "changed")
          + ", read-only "
          + readOnly;
    }

    @Override
    public List<CacheKey> keysToWarm(long organizationId) {
      return List.of();
    }
  }
}
