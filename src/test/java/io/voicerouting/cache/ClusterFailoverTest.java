package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Patience;
import io.voicerouting.testing.RedisCluster;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A primary of a Redis Cluster is replaced: it has died, or it lives on. */
@EngineTest
class ClusterFailoverTest {

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final ManualClock clock = new ManualClock();
  private RedisCluster cluster;

  @BeforeEach
  void startCluster() {
    cluster = BackingServers.startRedisCluster();
  }

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  private CacheKey cached(EngineInstance instance) {
    CacheKey key = database.newExtension("old");
    instance.pass();
    assertThat(instance.lookup(key).status().stored()).isTrue();
    return key;
  }

  /** Makes passes until the primary of a key is trusted. */
  private static void follow(EngineInstance instance, CacheKey key) {
    await()
        .until(
            () -> {
              instance.watch();
              instance.pass();
              return instance.trusts(key);
            });
  }

  @Test
  void evictionThatThePromotedReplicaHasMissedIsRepeated() {
    try (EngineInstance instance = EngineInstance.trusting(cluster, clock)) {
      CacheKey key = cached(instance);
      RedisInstance primary = cluster.primaryOf(key.redisKey());
      String before = primary.execute(redis -> redis.get(key.redisKey()));
      instance.write(key, "new");
      primary.kill();
      RedisInstance promoted = cluster.promotePartnerOf(primary);
      promoted.execute(redis -> redis.set(key.redisKey(), before)); // as if it had missed the DEL
      follow(instance, key);

      assertThat(instance.displayName(key)).isEqualTo("new");
    }
  }

  /** Each instance evicts on the primary that it uses; neither takes the other's word. */
  @Test
  void bothPrimariesOfASplitBrainAnswerWhatWasWrittenAtTheOther() {
    try (EngineInstance onOld = EngineInstance.trusting(cluster, clock)) {
      CacheKey key = cached(onOld);
      RedisInstance old = cluster.primaryOf(key.redisKey());
      old.awaitReplicated(1);
      cluster.isolateByForgetting(old);
      cluster.promotePartnerOf(old);
      try (EngineInstance onNew =
          new EngineInstance(cluster, EngineInstance.LONG_TIMEOUTS, clock)) {
        follow(onNew, key);
        assertThat(onNew.nodes().of(key).name()).isNotEqualTo(onOld.nodes().of(key).name());
        onNew.write(key, "new");
        onOld.pass();
        assertThat(onOld.trusts(key)).isTrue();
        assertThat(onOld.displayName(key)).isEqualTo("new");

        onOld.write(key, "newer");
        onNew.pass();

        assertThat(onNew.displayName(key)).isEqualTo("newer");
        assertThat(onOld.displayName(key)).isEqualTo("newer");
      }
    }
  }

  @Test
  void demotedPrimaryIsNotTrustedThoughItAnswers() {
    try (EngineInstance instance = EngineInstance.trusting(cluster, clock)) {
      CacheKey key = cached(instance);
      RedisNode node = instance.nodes().of(key);
      RedisInstance primary = cluster.primaryOf(key.redisKey());
      cluster.promotePartnerOf(primary);
      await().until(() -> !primary.isPrimary());
      instance.pass();

      assertThat(instance.trusts(key)).isFalse();
      assertThat(node.connections().connection()).isNull();
      follow(instance, key);
      assertThat(instance.displayName(key)).isEqualTo("old");
    }
  }

  @Test
  void deadPrimaryTakesNobodyElsesTrustAndItsKeysReturnAfterThePromotion() {
    try (EngineInstance instance =
        new EngineInstance(cluster, EngineInstance.AS_DEPLOYED_WITHOUT_NEAR, System::nanoTime)) {
      instance.startRelay();
      instance.startWatch();
      CacheKey lost = database.newExtension("old");
      await().until(() -> instance.trusts(lost));
      CacheKey kept = keyElsewhere(instance, lost);
      await().until(() -> instance.lookup(lost).status().hit());
      await().until(() -> instance.lookup(kept).status().hit());
      RedisInstance primary = cluster.primaryOf(lost.redisKey());
      primary.pause();
      await()
          .during(Duration.ofSeconds(3))
          .until(() -> instance.trusts(kept) && instance.lookup(kept).status().hit());
      assertThat(instance.trusts(lost)).isFalse();
      assertThat(instance.displayName(lost)).isEqualTo("old");
      // The clock of the writer stands: it is answered only when its eviction is confirmed.
      PostCommitEvictor evictions = instance.evictions(database.dataSource(), new ManualClock());
      List<OutboxRow> rows = database.commit(kept, "new");
      assertThat(
              CompletableFuture.runAsync(() -> evictions.evict(rows), Thread::startVirtualThread))
          .succeedsWithin(Patience.LIMIT);
      assertThat(instance.displayName(kept)).isEqualTo("new");

      cluster.noticeFailures(true);
      cluster.awaitPromoted(cluster.partnerOf(primary));
      await().until(() -> instance.trusts(lost));
      instance.write(lost, "new");
      assertThat(instance.displayName(lost)).isEqualTo("new");
      primary.resume();
    }
  }

  private CacheKey keyElsewhere(EngineInstance instance, CacheKey key) {
    while (true) {
      CacheKey other = database.newExtension("old");
      if (!instance.nodes().of(other).equals(instance.nodes().of(key))) {
        return other;
      }
    }
  }

  @Test
  void configuredServersThatAreDownDoNotKeepTheOthersFromBeingFound() {
    RedisInstance down = cluster.servers().getFirst();
    down.kill();
    cluster.promotePartnerOf(down);
    CacheKey key = database.newExtension("old");
    try (EngineInstance instance = EngineInstance.trusting(cluster, clock)) {
      assertThat(instance.nodes().all()).hasSize(3);
      assertThat(instance.nodes().all())
          .extracting(RedisNode::name)
          .doesNotContainAnyElementsOf(List.of("127.0.0.1:" + down.port()));
      assertThat(instance.displayName(key)).isEqualTo("old");
    }
  }
}
