package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.redis.Trust;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.RedisReplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One instance stays with an old primary that survives a failover; another is on the new one. The
 * same holds for every way in which an instance finds its server.
 */
@EngineTest
abstract class FailoverContract {

  final CoherenceDatabase database = CoherenceDatabase.get();
  final ManualClock clock = new ManualClock();
  RedisReplication redis;
  EngineInstance onOldPrimary;
  EngineInstance onNewPrimary;
  CacheKey key;

  /** Connects an instance to this server and makes passes until it trusts the server. */
  abstract EngineInstance connect(RedisInstance server, ManualClock clock);

  @BeforeEach
  void failOver() {
    redis = BackingServers.startRedisReplication();
    key = database.newExtension("old");
    onOldPrimary = connect(redis.primary(), clock);
    assertThat(onOldPrimary.lookup(key).status().stored()).isTrue();
    redis.promoteReplica();
    onNewPrimary = connect(redis.replica(), clock);
  }

  @AfterEach
  void stop() {
    onNewPrimary.close();
    onOldPrimary.close();
    redis.close();
  }

  @Test
  void rowDoneOnTheNewPrimaryIsEvictedOnTheOldOneByThePassThere() {
    onNewPrimary.write(key, "new");
    onOldPrimary.pass();

    assertThat(onOldPrimary.trust()).isInstanceOf(Trust.State.Trusted.class);
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  @Test
  void oldPrimaryThatRefusesTheEvictionIsNotTrusted() {
    redis.primary().guardWrites();
    redis.primary().awaitWritesRefused();
    onNewPrimary.write(key, "new");
    onOldPrimary.pass();

    assertThat(onOldPrimary.trust()).isInstanceOf(Trust.State.Unavailable.class);
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  @Test
  void failedPassHasNotSeenItsRows() {
    redis.primary().guardWrites();
    redis.primary().awaitWritesRefused();
    onNewPrimary.write(key, "new");
    onOldPrimary.pass();
    redis.primary().unguardWrites();
    onOldPrimary.pass();

    assertThat(onOldPrimary.trust()).isInstanceOf(Trust.State.Trusted.class);
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  @Test
  void writerOnAnOldPrimaryThatRefusesTheEvictionNeverReadsTheOldValue() {
    redis.primary().guardWrites();
    redis.primary().awaitWritesRefused();
    onNewPrimary.startRelay(); // evicts for itself and marks the row done
    onOldPrimary.write(key, "new");

    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  @Test
  void demotedPrimaryIsNotTrustedThoughItAnswers() {
    redis.orphanPrimary();
    onOldPrimary.pass();

    assertThat(onOldPrimary.trust()).isInstanceOf(Trust.State.Unavailable.class);
    assertThat(onOldPrimary.connected()).isFalse();
  }

  @Test
  void primaryThatBecameASynchronizedReplicaIsNotTrusted() {
    redis.demotePrimary(); // the connection survives
    onOldPrimary.pass();

    assertThat(onOldPrimary.trust()).isInstanceOf(Trust.State.Unavailable.class);
    assertThat(onOldPrimary.connected()).isFalse();
  }

  @Test
  void replicaThatRefusesAnEvictionLosesItsSessionAtOnce() {
    redis.orphanPrimary();
    onOldPrimary.write(key, "new");

    assertThat(onOldPrimary.connected()).isFalse();
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }

  @Test
  void newSessionEvictsWhatThePromotedReplicaHasMissed() {
    onOldPrimary.write(key, "new"); // done on the old primary alone

    try (EngineInstance later = connect(redis.replica(), clock)) {
      assertThat(later.displayName(key)).isEqualTo("new");
    }
  }

  @Test
  void bothPrimariesOfASplitBrainAnswerWhatWasWrittenAtTheOther() {
    onNewPrimary.write(key, "new");
    onOldPrimary.pass();
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
    onOldPrimary.write(key, "newer");
    onNewPrimary.pass();

    assertThat(onNewPrimary.displayName(key)).isEqualTo("newer");
    assertThat(onOldPrimary.displayName(key)).isEqualTo("newer");
  }

  @Test
  void serverThatWasDemotedAndPromotedAgainBetweenTwoPassesIsNotTrusted() {
    redis.demotePrimary();
    redis.primary().promote();
    onOldPrimary.pass();

    assertThat(onOldPrimary.trust()).isInstanceOf(Trust.State.Unavailable.class);
    assertThat(onOldPrimary.connected()).isFalse();
  }
}
