package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Transaction ids that were reused after a crash or a restore. */
@EngineTest
class OutboxSnapshotTest {

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
  private RedisInstance redis;
  private EngineInstance instance;
  private CacheKey key;

  @BeforeEach
  void cacheAnOldValue() {
    redis = BackingServers.startRedis();
    key = database.newExtension("old");
    instance = EngineInstance.trusting(redis, new ManualClock());
    assertThat(instance.lookup(key).status().stored()).isTrue();
  }

  @AfterEach
  void stop() {
    database.forgetRows(key.organizationId());
    instance.close();
    redis.close();
  }

  /** As after a crash of PostgreSQL: the last snapshot shows the id of a later transaction. */
  @Test
  void rowOfATransactionIdThatIsGivenOutAgainIsEvictedOnANewDatabaseConnection() {
    database.commit(key, "new");
    jdbc.update(
        "update routing_cache_eviction set xact_id = '3', done_at = clock_timestamp(),"
            + " done_on = '{another}' where organization_id = ? and xact_id ="
            + " (select max(xact_id) from routing_cache_eviction where organization_id = ?)",
        key.organizationId(),
        key.organizationId());
    instance.loseNextRelayConnection();
    instance.pass(); // fails on the connection that was cut
    org.awaitility.Awaitility.await().until(instance::trusts);

    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void organizationWideRowOfAnotherDatabaseClusterVoidsNothing() {
    jdbc.update(
        "insert into routing_cache_eviction (organization_id, xact_id, done_at)"
            + " values (?, '900000000000', clock_timestamp())",
        key.organizationId());
    instance.pass(); // removes what the index names
    assertThat(instance.lookup(key).status().stored()).isTrue();
    instance.pass();

    assertThat(instance.lookup(key).status().hit()).isTrue();
  }
}
