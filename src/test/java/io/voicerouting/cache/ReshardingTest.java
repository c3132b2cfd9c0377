package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.redis.Slots;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisCluster;
import io.voicerouting.testing.RedisInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A slot with many documents moves while they are read and written, on two instances. */
@EngineTest
class ReshardingTest {

  private static final int DOCUMENTS = 1_000;
  private static final int WRITTEN_EACH = 97; // one in so many documents is written in turn

  private static RedisCluster cluster;

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger stale = new AtomicInteger();
  private final AtomicInteger bypassedElsewhere = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();

  @BeforeAll
  static void startCluster() {
    cluster = BackingServers.startRedisCluster();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  /** Keys of one slot. */
  private List<CacheKey> documentsOfOneSlot() {
    CacheKey first = database.newExtension("0");
    int slot = Slots.slotOf(first.redisKey());
    List<CacheKey> keys = new ArrayList<>(List.of(first));
    for (int number = 1_000; keys.size() < DOCUMENTS; number++) {
      CacheKey key = new CacheKey("extension", first.organizationId(), "" + number);
      if (Slots.slotOf(key.redisKey()) == slot) {
        keys.add(key);
      }
    }
    new JdbcTemplate(database.dataSource())
        .batchUpdate(
            "insert into extensions (organization_id, extension_number, type, display_name)"
                + " values (?, ?, 'user', '0')",
            keys.subList(1, keys.size()),
            DOCUMENTS,
            (statement, key) -> {
              statement.setLong(1, key.organizationId());
              statement.setString(2, key.identifier());
            });
    return keys;
  }

  /**
   * All that is over after a second is over after ten: a busy machine may stop for longer than one,
   * and what is bypassed then has nothing to do with the slot that moves.
   */
  private static long slowNanos() {
    return System.nanoTime() / 10;
  }

  private EngineInstance start() {
    EngineInstance instance =
        new EngineInstance(cluster, EngineInstance.WITHOUT_NEAR, ReshardingTest::slowNanos);
    instance.startRelay();
    instance.startWatch();
    return instance;
  }

  private void write(EngineInstance writer, EngineInstance reader, List<CacheKey> keys) {
    PostCommitEvictor evictions =
        writer.evictions(database.dataSource(), ReshardingTest::slowNanos);
    for (int value = 1; !ended.get(); value++) {
      CacheKey key = keys.get(value * WRITTEN_EACH % keys.size());
      evictions.evict(database.commit(key, "" + value));
      writes.incrementAndGet();
      for (EngineInstance instance : List.of(writer, reader)) {
        String answer = instance.displayName(key);
        if (answer == null || Integer.parseInt(answer) < value) {
          stale.incrementAndGet();
        }
      }
    }
  }

  /** A key of the same primary, whose slot stays. */
  private void readElsewhere(EngineInstance reader, CacheKey key) {
    while (!ended.get()) {
      if (!reader.lookup(key).status().hit()) {
        bypassedElsewhere.incrementAndGet();
      }
    }
  }

  @Test
  void nobodyReadsAnOldValueAndNoOtherSlotIsBypassed() throws InterruptedException {
    List<CacheKey> keys = documentsOfOneSlot();
    int slot = Slots.slotOf(keys.getFirst().redisKey());
    RedisInstance from = cluster.primaryOf(keys.getFirst().redisKey());
    RedisInstance to = cluster.otherPrimary(from);
    try (EngineInstance writer = start();
        EngineInstance reader = start()) {
      await().until(() -> writer.trusts(keys.getFirst()) && reader.trusts(keys.getFirst()));
      keys.forEach(reader::lookup);
      CacheKey elsewhere = keyOfSamePrimary(reader, keys.getFirst());
      await().until(() -> reader.lookup(elsewhere).status().hit());
      List<Thread> threads =
          List.of(
              Thread.ofPlatform().start(() -> write(writer, reader, keys)),
              Thread.ofPlatform().start(() -> readElsewhere(reader, elsewhere)));
      cluster.beginMove(slot, from, to);
      for (int batch = 0; batch < DOCUMENTS; batch += 100) {
        cluster.moveSomeKeys(slot, from, to);
      }
      cluster.moveKeys(slot, from, to);
      cluster.endMove(slot, from, to);
      await().until(() -> writer.trusts(keys.getFirst()) && reader.trusts(keys.getFirst()));
      ended.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(writes).hasPositiveValue();
      assertThat(stale).hasValue(0);
      assertThat(bypassedElsewhere).hasValue(0);
      CacheKey last = keys.getLast();
      assertThat(List.of(writer, reader))
          .allSatisfy(
              instance -> assertThat(instance.nodes().of(last).name()).endsWith(":" + to.port()));
      await().until(() -> reader.lookup(last).status().hit());
    }
  }

  private CacheKey keyOfSamePrimary(EngineInstance instance, CacheKey key) {
    while (true) {
      CacheKey other = database.newExtension("0");
      if (instance.nodes().of(other).equals(instance.nodes().of(key))) {
        return other;
      }
    }
  }
}
