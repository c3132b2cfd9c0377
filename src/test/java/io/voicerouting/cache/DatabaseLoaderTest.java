package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicerouting.testing.IntegrationTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
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
  private static final String COUNT = "select count(*) from organizations";

  @Autowired private PlatformTransactionManager transactions;
  @Autowired private DataSource dataSource;

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
    DatabaseLoader loader =
        new DatabaseLoader(
            transactions,
            inside,
            new CacheMeters(new SimpleMeterRegistry(), List.of(counts)),
            Runnable::run,
            1,
            LONG,
            LONG,
            () -> {});

    String seen = loader.start(counts, new CacheKey(counts.name(), 1, null)).join().value();

    assertThat(seen).isEqualTo("same, read-only on");
    assertThat(inside.queryForObject("show transaction_isolation", String.class))
        .isEqualTo("read committed"); // the next to have the connection
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
