package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.eviction.BulkEvictor;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A writer whose change was saved is not failed, though the database has gone since. */
@EngineTest
class PostCommitEvictorTest {

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final CacheKey key = database.newExtension("old");
  private static RedisInstance redis;
  private EngineInstance instance;
  private PostCommitEvictor evictions;

  @BeforeAll
  static void startRedis() {
    redis = BackingServers.startRedis();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void cacheAnOldValue() {
    instance = EngineInstance.trusting(redis, new ManualClock());
    evictions = instance.evictions(new Gone(), NanoClock.system());
    assertThat(instance.lookup(key).status().stored()).isTrue();
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  @Test
  void evictsAlthoughItsRowsCannotBeMarkedDone() {
    List<OutboxRow> rows = database.commit(key, "new");

    evictions.evict(rows);

    assertThat(instance.displayName(key)).isEqualTo("new");
    assertThat(database.countOpen(rows)).isEqualTo(rows.size()); // left to the relay
  }

  @Test
  void bulkEvictionWhoseRowsStayOpenIsNotConfirmed() {
    HookedExtensions extensions = new HookedExtensions(database);
    EvictionSelection selection =
        new EvictionSelection(false, List.of(key.organizationId()), "extension", Map.of());

    BulkEviction eviction =
        new BulkEvictor(List.of(extensions), database.dataSource(), evictions)
            .evict(selection, null);

    assertThat(eviction).isEqualTo(new BulkEviction(1, false));
  }

  @Test
  void revokesTrustIfItCanNeitherEvictNorConfirm() {
    List<OutboxRow> rows = database.commit(key, "new");
    instance.disconnect(); // or it would evict by itself
    evictions.evict(rows);

    assertThat(instance.trust()).isInstanceOf(Trust.State.Unavailable.class);
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  /** As when the relay of an instance on another reign marks them at that moment. */
  @Test
  void marksItsRowsAlthoughAnotherInstanceIsMarkingThem() throws SQLException {
    CountingDataSource queries = new CountingDataSource(database.dataSource());
    PostCommitEvictor patient = instance.evictions(queries, new ManualClock());
    List<OutboxRow> rows = database.commit(key, "new");
    CompletableFuture<Void> writer;
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          "update routing_cache_eviction set done_at = clock_timestamp(), done_on = '{another}'"
              + " where id = "
              + rows.getFirst().id());
      writer = CompletableFuture.runAsync(() -> patient.evict(rows), Thread::startVirtualThread);
      await().until(() -> queries.connections() > 2);
      other.commit();
    }

    assertThat(writer).succeedsWithin(Duration.ofSeconds(60));
  }

  private static final class Gone extends AbstractDataSource {
    @Override
    public Connection getConnection() throws SQLException {
      throw new SQLException("The database has gone");
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
      return getConnection();
    }
  }
}
