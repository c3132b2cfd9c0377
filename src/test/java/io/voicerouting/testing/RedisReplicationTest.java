package io.voicerouting.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisReplicationTest {

  private RedisReplication replication;
  private RedisInstance primary;
  private RedisInstance replica;

  @BeforeEach
  void startReplication() {
    replication = BackingServers.startRedisReplication();
    primary = replication.primary();
    replica = replication.replica();
    set(primary, "key", "before");
    Conditions.await("the write is replicated", () -> "before".equals(get(replica, "key")));
  }

  @AfterEach
  void closeReplication() {
    replication.close();
  }

  @Test
  void replicaRepeatsThePrimary() {
    assertThat(primary.role()).isEqualTo("master");
    assertThat(replica.role()).isEqualTo("slave");
    assertThat(replica.replicationId()).isEqualTo(primary.replicationId());
    assertThat(get(replica, "key")).isEqualTo("before");
    assertThat(primary.refusesWrites()).isFalse();
    assertThat(replica.refusesWrites()).isTrue();
  }

  @Test
  void promotedReplicaHasANewReplicationIdAndBothAcceptWrites() {
    String before = primary.replicationId();

    replication.promoteReplica();
    set(replica, "key", "after");

    assertThat(replica.replicationId()).isNotEqualTo(before);
    assertThat(primary.replicationId()).isEqualTo(before);
    assertThat(primary.isPrimary()).isTrue();
    assertThat(primary.refusesWrites()).isFalse();
    assertThat(get(primary, "key")).isEqualTo("before");
  }

  @Test
  void guardedPrimaryRefusesWritesWithoutItsReplicaAndStillAnswers() {
    primary.guardWrites();
    primary.awaitWritesAccepted(); // its replica acknowledges once a second

    replication.promoteReplica();
    primary.awaitWritesRefused();

    assertThat(primary.isPrimary()).isTrue();
    assertThat(get(primary, "key")).isEqualTo("before");
    primary.unguardWrites();
    assertThat(primary.refusesWrites()).isFalse();
  }

  @Test
  void orphanedPrimaryIsAReplicaThatStillAnswers() {
    replication.promoteReplica();
    replication.orphanPrimary();

    assertThat(primary.role()).isEqualTo("slave");
    assertThat(get(primary, "key")).isEqualTo("before");
  }

  @Test
  void demotedPrimaryTakesOverTheDataOfThePromotedOne() {
    replication.promoteReplica();
    set(replica, "key", "after");

    replication.demotePrimary();

    assertThat(get(primary, "key")).isEqualTo("after");
    String demoted = primary.replicationId();
    primary.promote();
    assertThat(primary.replicationId()).isNotEqualTo(demoted);
  }

  @Test
  void pausedPrimaryContinuesAsThePrimaryItWas() {
    primary.pause();
    assertThat(primary.isRunning()).isFalse();
    replica.promote();
    set(replica, "key", "after");

    primary.resume();

    assertThat(primary.isRunning()).isTrue();
    assertThat(get(primary, "key")).isEqualTo("before");
    assertThat(primary.isPrimary()).isTrue();
  }

  @Test
  void killedPrimaryRestartsEmpty() {
    primary.kill();
    assertThat(primary.isRunning()).isFalse();
    replica.promote();

    primary.restart();

    assertThat(get(replica, "key")).isEqualTo("before");
    assertThat(get(primary, "key")).isNull();
  }

  private static void set(RedisInstance redis, String key, String value) {
    redis.execute(commands -> commands.set(key, value));
  }

  private static @Nullable String get(RedisInstance redis, String key) {
    return redis.execute(commands -> commands.get(key));
  }
}
