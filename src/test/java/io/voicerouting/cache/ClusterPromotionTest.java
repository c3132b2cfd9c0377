package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Patience;
import io.voicerouting.testing.RedisCluster;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A primary of a Redis Cluster dies or is replaced, and the instances follow the cluster. {@link
 * ClusterFailoverTest} has those that do not.
 */
@EngineTest
class ClusterPromotionTest {

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

  @Test
  void demotedPrimaryIsLeftAndItsSuccessorIsFound() {
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

  /** As an operator does it, with {@code CLUSTER FAILOVER}: connections survive. */
  @Test
  void noAnswerIsOldDuringAManualFailoverUnderWrites() {
    CacheKey key = database.newExtension("0");
    AtomicInteger acknowledged = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    try (EngineInstance one = running(key);
        EngineInstance other = running(key)) {
      List<EngineInstance> instances = List.of(one, other);
      CompletableFuture<Void> writer =
          Repeated.until(
              over,
              () -> {
                int next = acknowledged.get() + 1;
                instances.get(next % 2).write(key, String.valueOf(next));
                acknowledged.set(next);
              });
      List<CompletableFuture<Void>> readers =
          instances.stream()
              .map(
                  instance ->
                      Repeated.until(over, () -> assertCurrent(instance, key, acknowledged.get())))
              .toList();
      await().until(() -> acknowledged.get() > 1);
      RedisInstance promoted = cluster.failOver(cluster.primaryOf(key.redisKey()));
      for (EngineInstance instance : instances) {
        await()
            .ignoreException(CacheUnavailableException.class)
            .until(
                () -> instance.reign(key).equals(promoted.replicationId()) && instance.trusts(key));
      }
      int before = acknowledged.get();
      await().until(() -> acknowledged.get() > before + 1);
      over.set(true);

      assertThat(writer).succeedsWithin(Patience.LIMIT);
      assertThat(readers).allSatisfy(reader -> assertThat(reader).succeedsWithin(Patience.LIMIT));
    }
  }

  private EngineInstance running(CacheKey key) {
    EngineInstance instance =
        new EngineInstance(cluster, EngineInstance.WITHOUT_NEAR, NanoClock.system());
    instance.startRelay();
    instance.startWatch();
    await().until(() -> instance.trusts(key));
    return instance;
  }

  private static void assertCurrent(EngineInstance instance, CacheKey key, int acknowledged) {
    String answer = instance.displayName(key);
    assertThat(answer).isNotNull();
    assertThat(Integer.parseInt(answer)).isGreaterThanOrEqualTo(acknowledged);
  }

  @Test
  void nearEntriesOfADeadPrimaryAreNotUsedAndThoseOfOthersAre() {
    try (EngineInstance instance = EngineInstance.trusting(cluster, clock)) {
      CacheKey lost = cached(instance);
      CacheKey kept = keyElsewhere(instance, lost);
      instance.pass();
      instance.awaitNearHit(lost);
      instance.awaitNearHit(kept);
      database.commitUnnoticed(lost, "new");
      database.commitUnnoticed(kept, "new");
      cluster.primaryOf(lost.redisKey()).kill();
      await().until(() -> !instance.connected(lost));

      assertThat(instance.displayName(lost)).isEqualTo("new");
      assertThat(instance.displayName(kept))
          .isEqualTo("old"); // no outbox row requires its eviction
    }
  }

  @Test
  void deadPrimaryEndsTrustOnlyInItselfAndItsKeysReturnAfterThePromotion() {
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
