package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.redis.Slots;
import io.voicerouting.cache.warm.WarmProperties;
import io.voicerouting.cache.warm.WarmTasks;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisCluster;
import io.voicerouting.testing.RedisInstance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An instance on a Redis Cluster whose slots move, and whose servers do not fail. */
@EngineTest
class ClusterTest {

  private static RedisCluster cluster;

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final ManualClock clock = new ManualClock();
  private EngineInstance instance;

  @BeforeAll
  static void startCluster() {
    cluster = BackingServers.startRedisCluster();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void startInstance() {
    instance = EngineInstance.trusting(cluster, clock);
  }

  @AfterEach
  void stopInstance() {
    instance.close();
  }

  /** Keys whose primaries differ, one for each primary. */
  private List<CacheKey> keysOfAllPrimaries() {
    List<CacheKey> keys = new ArrayList<>();
    Set<RedisNode> nodes = new HashSet<>();
    while (nodes.size() < 3) {
      CacheKey key = newKey();
      if (nodes.add(instance.nodes().of(key))) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** A key whose row no later pass evicts. */
  private CacheKey newKey() {
    CacheKey key = database.newExtension("old");
    instance.pass();
    return key;
  }

  private void move(CacheKey key) {
    int slot = Slots.slotOf(key.redisKey());
    RedisInstance from = cluster.primaryOf(key.redisKey());
    RedisInstance to = cluster.otherPrimary(from);
    cluster.beginMove(slot, from, to);
    cluster.moveKeys(slot, from, to);
    cluster.endMove(slot, from, to);
  }

  /** A pass evicts the slot's kept rows and registers it, a later one trusts it. */
  private void followMove(CacheKey key) {
    int primary = cluster.primaryOf(key.redisKey()).port();
    await()
        .until(
            () -> {
              instance.watch();
              instance.pass();
              return instance.nodes().of(key).name().endsWith(":" + primary)
                  && instance.trusts(key);
            });
  }

  @Test
  void documentsAreStoredOnThePrimariesOfTheirSlotsAndEvictedThere() {
    for (CacheKey key : keysOfAllPrimaries()) {
      assertThat(instance.lookup(key).status().stored()).isTrue();
      assertThat(instance.lookup(key).status().hit()).isTrue();
      String stored = cluster.primaryOf(key.redisKey()).execute(redis -> redis.get(key.redisKey()));
      assertThat(stored).contains("old");

      instance.write(key, "new");

      assertThat(instance.displayName(key)).isEqualTo("new");
    }
  }

  @Test
  void relayEvictsTheRowsOfAllPrimariesWithOneQuery() {
    List<CacheKey> keys = keysOfAllPrimaries();
    keys.forEach(instance::lookup);
    List<OutboxRow> rows = new ArrayList<>();
    keys.forEach(key -> rows.addAll(database.commit(key, "new")));
    instance.pass();

    assertThat(keys).extracting(instance::displayName).containsOnly("new");
    assertThat(database.countOpen(rows)).isZero();
  }

  @Test
  void documentsOfOneDecisionAreAskedForAtOnce() {
    List<CacheKey> keys = keysOfAllPrimaries();
    keys.forEach(instance::lookup);
    Function<CacheKey, Lookup<HookedExtensions.Document>> request = instance.request(keys);
    assertThat(request.apply(keys.getFirst()).status().hit()).isTrue();
    keys.forEach(
        key -> cluster.primaryOf(key.redisKey()).execute(redis -> redis.del(key.redisKey())));

    assertThat(keys.subList(1, keys.size()))
        .allSatisfy(key -> assertThat(request.apply(key).status().hit()).isTrue());
  }

  @Test
  void clearingAnOrganizationRemovesItsDocumentsOnAllPrimaries() {
    CacheKey first = newKey();
    List<CacheKey> keys = new ArrayList<>(List.of(first));
    for (int number = 200; number < 220; number++) {
      keys.add(new CacheKey("extension", first.organizationId(), "" + number));
    }
    keys.forEach(instance::lookup);
    Set<RedisNode> used = new HashSet<>();
    keys.forEach(key -> used.add(instance.nodes().of(key)));
    assertThat(used).hasSize(3);
    String index = RedisKeys.index(first.organizationId());
    await()
        .until(() -> cluster.primaryOf(index).execute(redis -> redis.zcard(index)) == keys.size());

    assertThat(instance.clear(first.organizationId())).isEqualTo(keys.size());

    assertThat(keys)
        .allSatisfy(
            key -> {
              Long left =
                  cluster.primaryOf(key.redisKey()).execute(redis -> redis.exists(key.redisKey()));
              assertThat(left).isZero();
            });
  }

  @Test
  void eachColdPrimaryIsWarmed() {
    database.jdbc().update("delete from routing_cache_hot_key");
    List<CacheKey> keys = keysOfAllPrimaries();
    keys.forEach(instance::lookup);
    WarmTasks tasks = instance.warmTasks(new WarmProperties(true, List.of(), 500));
    tasks.recording().run();
    for (CacheKey key : keys) {
      cluster.primaryOf(key.redisKey()).execute(redis -> redis.del(key.redisKey()));
    }
    int loads = instance.extensions().loads();
    instance.trackUntilTrusted();

    tasks.warming().run();

    assertThat(instance.extensions().loads() - loads).isEqualTo(keys.size());
    for (CacheKey key : keys) {
      RedisInstance primary = cluster.primaryOf(key.redisKey());
      Long stored = primary.execute(redis -> redis.exists(key.redisKey()));
      assertThat(stored).isOne();
      List<String> markers = primary.execute(redis -> redis.keys("routing:warmed:*"));
      assertThat(markers).hasSize(1);
    }
  }

  @Test
  void keyOfASlotThatMovesIsEvictedWhereverItIs() {
    CacheKey stays = newKey();
    int slot = Slots.slotOf(stays.redisKey());
    instance.lookup(stays);
    RedisInstance from = cluster.primaryOf(stays.redisKey());
    RedisInstance to = cluster.otherPrimary(from);
    cluster.beginMove(slot, from, to);
    instance.write(stays, "new");
    assertThat(instance.displayName(stays)).isEqualTo("new");
    assertThat(instance.lookup(stays).status().forward()).isEqualTo("bypass"); // ASK
    cluster.endMove(slot, from, to);
    followMove(stays);

    assertThat(instance.lookup(stays).status().stored()).isTrue();
    assertThat(instance.displayName(stays)).isEqualTo("new");
  }

  @Test
  void keyThatHasMovedBeforeItsSlotIsEvictedAtTheTarget() {
    CacheKey key = newKey();
    int slot = Slots.slotOf(key.redisKey());
    instance.lookup(key);
    RedisInstance from = cluster.primaryOf(key.redisKey());
    RedisInstance to = cluster.otherPrimary(from);
    cluster.beginMove(slot, from, to);
    cluster.moveKeys(slot, from, to);
    List<OutboxRow> rows = database.commit(key, "new");
    instance.evict(rows);
    assertThat(database.countOpen(rows)).isZero();
    cluster.endMove(slot, from, to);
    Long left = to.execute(redis -> redis.exists(key.redisKey()));
    assertThat(left).isZero();
    followMove(key);

    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void keyThatALostReplyLeftOnTheTargetIsEvictedBeforeItsSlotIsTrusted() {
    CacheKey key = newKey();
    int slot = Slots.slotOf(key.redisKey());
    instance.lookup(key);
    RedisInstance from = cluster.primaryOf(key.redisKey());
    RedisInstance to = cluster.otherPrimary(from);
    cluster.beginMove(slot, from, to);
    cluster.copyKey(key.redisKey(), from, to);
    from.execute(redis -> redis.clusterSetSlotStable(slot)); // no ASK leads to that entry
    instance.write(key, "new");
    instance.pass(); // the row is not new to the passes that follow
    cluster.beginMove(slot, from, to);
    cluster.endMove(slot, from, to);
    String copy = to.execute(redis -> redis.get(key.redisKey()));
    assertThat(copy).contains("old");
    followMove(key);

    assertThat(instance.trusts(key)).isTrue();
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void slotThatMovedIsNotTrustedBeforeAPassHasSeenIt() {
    CacheKey key = newKey();
    instance.lookup(key);
    move(key);
    instance.watch();
    assertThat(instance.trusts(key)).isTrue(); // on the former primary, which redirects
    assertThat(instance.lookup(key).status().forward()).isEqualTo("bypass");
    instance.pass();
    assertThat(instance.trusts(key)).isFalse();
    instance.pass();

    assertThat(instance.trusts(key)).isTrue();
    assertThat(instance.lookup(key).status().stored()).isTrue(); // all kept rows were evicted
    assertThat(instance.lookup(key).status().hit()).isTrue();
  }

  @Test
  void writerWhosePrimaryHasGivenTheSlotAwayIsNotTakenForDone() {
    CacheKey key = newKey();
    instance.lookup(key);
    try (EngineInstance other = EngineInstance.trusting(cluster, clock)) {
      move(key);
      other.watch();
      other.pass();
      other.pass();
      assertThat(other.displayName(key)).isEqualTo("old");
      instance.write(key, "new"); // MOVED: the other one must evict, or lose trust
      other.pass();

      assertThat(other.displayName(key)).isEqualTo("new");
    }
  }

  @Test
  void otherSlotsStayTrustedWhileOneMoves() {
    List<CacheKey> keys = keysOfAllPrimaries();
    CacheKey moving = keys.getFirst();
    keys.forEach(instance::lookup);
    move(moving);
    database.commit(moving, "new"); // which the former primary refuses to evict
    instance.pass();
    instance.pass();
    instance.watch();
    instance.pass();
    instance.pass();

    assertThat(keys.subList(1, keys.size()))
        .allSatisfy(key -> assertThat(instance.lookup(key).status().hit()).isTrue());
    assertThat(instance.trusts(moving)).isTrue();
    assertThat(instance.displayName(moving)).isEqualTo("new");
  }

  @Test
  void nearEntryOfASlotThatMovedIsNotUsed() {
    CacheKey key = newKey();
    instance.lookup(key);
    await()
        .until(
            () -> {
              instance.track();
              double before = instance.nearHits();
              instance.lookup(key);
              return instance.nearHits() > before;
            });
    move(key);
    followMove(key);
    database.commitUnnoticed(key, "new"); // no pass evicts it
    cluster.primaryOf(key.redisKey()).execute(redis -> redis.del(key.redisKey()));

    assertThat(instance.displayName(key)).isEqualTo("new");
  }
}
