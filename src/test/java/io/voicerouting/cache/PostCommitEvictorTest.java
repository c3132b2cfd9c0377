package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicerouting.cache.eviction.Evictor;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A writer whose change was saved is not failed, though the database has gone since. */
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
    List<CachedResource<?>> resources = List.of(instance.extensions());
    CacheMeters meters = new CacheMeters(new SimpleMeterRegistry(), resources, NanoClock.system());
    Evictor evictor = new Evictor(meters, instance.near(), instance.organizations(), resources);
    evictions =
        new PostCommitEvictor(
            instance.connections(),
            evictor,
            instance.trustOfRedis(),
            new Gone(),
            NanoClock.system());
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
  void revokesTrustIfItCanNeitherEvictNorConfirm() {
    List<OutboxRow> rows = database.commit(key, "new");
    instance.disconnect(); // or it would evict by itself
    evictions.evict(rows);

    assertThat(instance.trust()).isInstanceOf(Trust.State.Unavailable.class);
    assertThat(instance.displayName(key)).isEqualTo("new");
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
