package io.voicerouting.cache.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.CacheSpans;
import io.voicerouting.cache.support.EntryEvents;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.testing.IntegrationTest;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** How the service asks its database for documents. */
@IntegrationTest
class DatabaseLoaderTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String NUMBER = "12025550199";
  private static final String DOMAIN = "database-loader.example";
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @Autowired private DataSource dataSource;
  @Autowired private EntityManagerFactory entities;
  @Autowired private List<CachedResource<?>> resources;
  @Autowired private JdbcTemplate sql;

  @Test
  void everyDocumentIsLoadedInOneRoundTrip() {
    long organization =
        Objects.requireNonNull(
            sql.queryForObject(
                "insert into organizations (name, timezone, sip_domain) values ('Test', 'UTC', ?)"
                    + " returning id",
                Long.class,
                DOMAIN));
    sql.update("insert into api_tokens (name, role, digest) values ('Test', 'ops', ?)", DIGEST);
    sql.update(
        "insert into extensions (organization_id, extension_number, type) values (?, '1001',"
            + " 'user')",
        organization);
    sql.update(
        """
        insert into business_hours_schedules (organization_id, name,
          open_hours_action_type, open_hours_action_target,
          closed_hours_action_type, closed_hours_action_target)
        values (?, 'Hours', 'voicemail', 'a', 'voicemail', 'b')
        """,
        organization);
    sql.update(
        "insert into phone_numbers (organization_id, number, match) values (?, ?, 'exact'), (?, '+1202', 'prefix')",
        organization,
        "+" + NUMBER,
        organization);
    Statistics statistics = entities.unwrap(SessionFactory.class).getStatistics();
    statistics.setStatisticsEnabled(true);
    try {
      for (CachedResource<?> resource : resources) {
        statistics.clear();
        String name = resource.name();
        CacheKey key =
            switch (name) {
              case "extension" -> new CacheKey(name, organization, "1001");
              case "phone_number" -> new CacheKey(name, 0, NUMBER);
              case "phone_number_block" -> new CacheKey(name, 0, null);
              case "sip_domain" -> new CacheKey(name, 0, DOMAIN);
              case "token" -> new CacheKey(name, 0, DIGEST);
              default -> new CacheKey(name, organization, null);
            };

        assertThat(loader().start(resource, key).join().value()).isNotNull();
        assertThat(statistics.getPrepareStatementCount()).as(resource.name()).isEqualTo(1);
        // Each would begin with a statement of its own, and end with another.
        assertThat(statistics.getTransactionCount()).as(resource.name()).isZero();
      }
    } finally {
      statistics.setStatisticsEnabled(false);
    }
  }

  private DatabaseLoader loader() {
    return new DatabaseLoader(
        new CacheMeters(
            new SimpleMeterRegistry(),
            resources,
            new EntryEvents(InstantSource.system()),
            CacheSpans.OFF,
            NanoClock.system()),
        Runnable::run,
        1,
        LONG,
        LONG,
        new DatabaseAvailability(NanoClock.system()),
        NanoClock.system());
  }

  @Test
  void statementEndsAtTheServerBeforeItsSocketTimesOut() {
    assertThat(sql.queryForObject("show statement_timeout", String.class)).isEqualTo("2500ms");
  }

  @Test
  void standbyIsRefused() throws SQLException {
    assertThat(dataSource.unwrap(HikariDataSource.class).getDataSourceProperties())
        .containsEntry("targetServerType", "primary");
  }

  @Test
  void poolKeepsOpeningConnections() throws SQLException {
    assertThat(dataSource.unwrap(HikariDataSource.class).getDataSource())
        .isInstanceOf(RetryingDataSource.class);
  }
}
