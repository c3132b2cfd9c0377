package io.voicerouting.cache.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.EngineTest;
import io.voicerouting.cache.EvictionCause;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows of the outbox that operators request. */
@EngineTest
class OperatorRowsTest {

  private static final CacheKey KEY = new CacheKey("extension", 77_772, "1001");

  private final DataSource database = CoherenceDatabase.get().dataSource();
  private final JdbcTemplate jdbc = new JdbcTemplate(database);

  /** As after a restore into another database cluster, whose transaction ids begin anew. */
  @Test
  void keptRowOfTheSameTransactionIdAndKeyIsOpenAgain() {
    OutboxRow row =
        Objects.requireNonNull(
            new TransactionTemplate(new DataSourceTransactionManager(database))
                .execute(
                    status -> {
                      jdbc.update(
                          "insert into routing_cache_eviction (organization_id, resource_type,"
                              + " identifier, cause, selection, done_at, done_on)"
                              + " values (?, ?, ?, 'tag', 'all=true', now(), '{reign}')",
                          KEY.organizationId(),
                          KEY.resource(),
                          KEY.identifier());
                      return new Outbox(database).add(KEY, "ops");
                    }));

    assertThat(row.cause()).isEqualTo(EvictionCause.OPERATOR);
    Map<String, @Nullable Object> stored =
        jdbc.queryForMap(
            "delete from routing_cache_eviction where id = ? returning selection, done_at, done_on",
            row.id());
    assertThat(stored.values()).containsOnlyNulls();
  }
}
