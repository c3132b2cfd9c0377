package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.eviction.BulkEvictor;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.redis.Slots;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.warm.WarmProperties;
import io.voicerouting.cache.warm.WarmTasks;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Patience;
import io.voicerouting.testing.RedisCluster;
import io.voicerouting.testing.RedisInstance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
    int before = instance.relayConnections();
    instance.pass();

    assertThat(instance.relayConnections()).isEqualTo(before + 1);
    assertThat(keys).extracting(instance::displayName).containsOnly("new");
    assertThat(database.countOpen(rows)).isZero();
  }

  @Test
  void documentsOfOneDecisionAreReadAtOnce() {
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
  void writerIsNotDoneIfItsPrimaryHasHandedOverTheSlot() {
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
    keys.set(0, neighborOf(moving));
    keys.forEach(instance::lookup);
    instance.lookup(moving);
    move(moving);
    database.commit(moving, "new"); // which the former primary refuses to evict
    instance.pass();
    clock.advance(Trust.SPAN); // no earlier trust is left
    instance.pass();
    assertThat(instance.trusts(moving)).isFalse();
    assertThat(keys).allSatisfy(key -> assertThat(instance.lookup(key).status().hit()).isTrue());
    instance.watch();
    instance.pass();
    instance.pass();

    assertThat(keys).allSatisfy(key -> assertThat(instance.lookup(key).status().hit()).isTrue());
    assertThat(instance.trusts(moving)).isTrue();
    assertThat(instance.displayName(moving)).isEqualTo("new");
  }

  /** A key of the same primary, and another slot. */
  private CacheKey neighborOf(CacheKey key) {
    while (true) {
      CacheKey other = newKey();
      if (instance.nodes().of(other).equals(instance.nodes().of(key))
          && instance.nodes().slotOf(other) != instance.nodes().slotOf(key)) {
        return other;
      }
    }
  }

  @Test
  void nearEntryOfASlotThatMovedIsNotUsed() {
    CacheKey key = newKey();
    instance.lookup(key);
    instance.awaitNearHit(key);
    move(key);
    followMove(key);
    database.commitUnnoticed(key, "new"); // no pass evicts it
    cluster.primaryOf(key.redisKey()).execute(redis -> redis.del(key.redisKey()));

    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  /**
   * As Valkey does it ({@code CLUSTER MIGRATESLOTS}): no client is notified before it is over, and
   * the server deletes the keys of a slot that it has lost.
   */
  private void handOver(CacheKey key, RedisInstance to) {
    int slot = Slots.slotOf(key.redisKey());
    RedisInstance from = cluster.primaryOf(key.redisKey());
    cluster.copyKeys(slot, from, to);
    cluster.takeOver(slot, from, to);
    await().until(() -> from.execute(redis -> redis.clusterCountKeysInSlot(slot)) == 0);
  }

  private RedisInstance otherPrimary(CacheKey key) {
    return cluster.otherPrimary(cluster.primaryOf(key.redisKey()));
  }

  @Test
  void slotThatIsHandedOverAtOnceIsNotTrustedBeforeAPassHasSeenIt() {
    CacheKey key = newKey();
    instance.lookup(key);
    RedisInstance to = otherPrimary(key);
    handOver(key, to);
    database.commit(key, "new");
    String copy = to.execute(redis -> redis.get(key.redisKey()));
    assertThat(copy).contains("old");
    assertThat(instance.lookup(key).status().forward()).isEqualTo("bypass"); // MOVED
    instance.watch();
    instance.pass();
    assertThat(instance.trusts(key)).isFalse();
    instance.pass();

    assertThat(instance.trusts(key)).isTrue();
    assertThat(instance.displayName(key)).isEqualTo("new");
    assertThat(instance.lookup(key).status().hit()).isTrue();
  }

  /** Writes are held back during the last step; then they are redirected, or were given up. */
  @Test
  void writerIsNotDoneIfItsEvictionIsDelayedUntilTheHandover() {
    CacheKey key = newKey();
    instance.lookup(key);
    RedisInstance from = cluster.primaryOf(key.redisKey());
    RedisInstance to = otherPrimary(key);
    try (EngineInstance other = EngineInstance.trusting(cluster, clock)) {
      other.awaitNearHit(key);
      int slot = Slots.slotOf(key.redisKey());
      cluster.copyKeys(slot, from, to);
      from.pauseWrites();
      List<OutboxRow> rows = database.commit(key, "new");
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(() -> instance.evict(rows), Thread::startVirtualThread);
      await().until(() -> from.blockedClients() > 0);
      cluster.takeOver(slot, from, to);
      from.resumeWrites();
      assertThat(writer).succeedsWithin(Patience.LIMIT);
      assertThat(database.countOpen(rows)).isOne(); // no server has confirmed it
      String copy = to.execute(redis -> redis.get(key.redisKey()));
      assertThat(copy).contains("old");
      for (EngineInstance each : List.of(instance, other)) {
        each.watch();
        each.pass();
        each.pass();
        assertThat(each.trusts(key)).isTrue();
        assertThat(each.displayName(key)).isEqualTo("new");
      }
    }
  }

  /** Redis 7.0 sends no invalidation when it deletes the keys of a slot that it has lost. */
  @Test
  void nearEntryOfASlotThatLeftWithoutNoticeAndCameBackIsNotUsed() {
    CacheKey key = newKey();
    instance.lookup(key);
    instance.awaitNearHit(key);
    database.forgetRows(key.organizationId()); // a new slot's kept rows are evicted everywhere
    RedisInstance from = cluster.primaryOf(key.redisKey());
    RedisInstance to = otherPrimary(key);
    handOver(key, to);
    followMove(key);
    database.commitUnnoticed(key, "new");
    database.forgetRows(key.organizationId()); // no pass evicts it
    to.execute(redis -> redis.del(key.redisKey()));
    handOver(key, from);
    followMove(key);
    instance.track();

    assertThat(instance.trusts(key)).isTrue();
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  /** Only the row of the change shows the first instance that another primary had the slot. */
  @Test
  void slotThatLeftAndCameBackBetweenTwoPassesShowsNoOldValueAfterTheNext() {
    CacheKey key = newKey();
    instance.lookup(key);
    instance.awaitNearHit(key);
    RedisInstance from = cluster.primaryOf(key.redisKey());
    RedisInstance to = otherPrimary(key);
    handOver(key, to);
    try (EngineInstance other = EngineInstance.trusting(cluster, clock)) {
      other.write(key, "new");
    }
    handOver(key, from);
    instance.pass();

    assertThat(instance.trusts(key)).isTrue();
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  /** The clock stands: no other reason to ask comes up. */
  @Test
  void redirectionQueriesTheServersAtOnce() {
    CacheKey key = newKey();
    instance.lookup(key);
    instance.watch();
    RedisInstance to = otherPrimary(key);
    move(key);
    double changes = instance.topologyChanges();
    instance.watchIfDue();
    assertThat(instance.topologyChanges()).isEqualTo(changes);
    assertThat(instance.lookup(key).status().forward()).isEqualTo("bypass"); // MOVED
    instance.watchIfDue();
    instance.pass();

    assertThat(instance.topologyChanges()).isEqualTo(changes + 1);
    assertThat(instance.nodes().of(key).name()).endsWith(":" + to.port());
  }

  @Test
  void primaryThatReportsItsClusterDownIsNotTrustedAndEvictsNothing() {
    CacheKey key = newKey();
    instance.lookup(key);
    RedisInstance primary = cluster.primaryOf(key.redisKey());
    int other = cluster.otherSlot(primary, key.redisKey());
    primary.execute(redis -> redis.configSet("cluster-require-full-coverage", "yes"));
    primary.execute(redis -> redis.clusterDelSlots(other));
    try {
      await().until(() -> !RedisCluster.works(primary));
      instance.pass();
      assertThat(instance.trusts(key)).isFalse();
      List<OutboxRow> rows = database.commit(key, "new");
      instance.evict(rows);
      assertThat(database.countOpen(rows)).isOne();
      assertThat(instance.displayName(key)).isEqualTo("new");
    } finally {
      primary.execute(redis -> redis.clusterAddSlots(other));
      primary.execute(redis -> redis.configSet("cluster-require-full-coverage", "no"));
    }
    await().until(() -> RedisCluster.works(primary));
    instance.pass();

    assertThat(instance.trusts(key)).isTrue();
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  /** Cached documents of one organization, some on each primary. */
  private List<CacheKey> cachedOfOneOrganization() {
    CacheKey first = newKey();
    List<CacheKey> keys = new ArrayList<>(List.of(first));
    for (int number = 200; number < 220; number++) {
      database
          .jdbc()
          .update(
              "insert into extensions (organization_id, extension_number, type, display_name)"
                  + " values (?, ?, 'user', 'old')",
              first.organizationId(),
              "" + number);
      keys.add(new CacheKey("extension", first.organizationId(), "" + number));
    }
    instance.pass();
    keys.forEach(key -> assertThat(instance.lookup(key).status().stored()).isTrue());
    Set<RedisNode> used = new HashSet<>();
    keys.forEach(key -> used.add(instance.nodes().of(key)));
    assertThat(used).hasSize(3);
    return keys;
  }

  @Test
  void organizationWideChangeVoidsDocumentsOfAllPrimariesThoughTheIndexIsLost() {
    List<CacheKey> keys = cachedOfOneOrganization();
    String index = RedisKeys.index(keys.getFirst().organizationId());
    await()
        .until(() -> cluster.primaryOf(index).execute(redis -> redis.zcard(index)) == keys.size());
    cluster.primaryOf(index).execute(redis -> redis.del(index));
    instance.evict(database.commitBulk(keys.getFirst(), "new"));

    assertThat(keys)
        .allSatisfy(
            key -> {
              Long left =
                  cluster.primaryOf(key.redisKey()).execute(redis -> redis.exists(key.redisKey()));
              assertThat(left).isOne(); // nothing names it any more
              assertThat(instance.lookup(key).status().hit()).isFalse();
            });
    assertThat(instance.displayName(keys.getFirst())).isEqualTo("new");
  }

  @Test
  void evictionByATagReachesDocumentsOnAllPrimaries() {
    List<CacheKey> keys = cachedOfOneOrganization();
    List<Long> organizations = List.of(keys.getFirst().organizationId());
    keys.forEach(key -> assertThat(instance.lookup(key).status().hit()).isTrue());
    instance.startRelay(); // bulk evictions are left to the passes

    BulkEviction eviction =
        new BulkEvictor(List.of(instance.extensions()), database.dataSource(), instance.evictions())
            .evict(
                new EvictionSelection(false, organizations, "extension", Map.of("type", "user")),
                null);

    assertThat(eviction).isEqualTo(new BulkEviction(keys.size(), true));
    assertThat(keys).allSatisfy(key -> assertThat(instance.lookup(key).status().hit()).isFalse());
  }
}
