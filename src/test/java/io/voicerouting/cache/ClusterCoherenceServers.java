package io.voicerouting.cache;

import static io.voicerouting.cache.CoherenceFaults.pause;

import io.voicerouting.cache.redis.Slots;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisCluster;
import io.voicerouting.testing.RedisInstance;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A Redis Cluster: slots with keys move, and primaries are replaced. */
final class ClusterCoherenceServers implements CoherenceServers {

  private static final int PRIMARIES = 3;

  private final RedisCluster cluster = BackingServers.startRedisCluster();

  @Override
  public EngineInstance newInstance(CacheProperties properties) {
    return new EngineInstance(cluster, properties, System::nanoTime);
  }

  @Override
  public List<Fault> faults() {
    return List.of(
        this::moveSlot,
        this::pausePrimary,
        this::leaveCopyOnTarget,
        this::promoteByHand,
        this::moveSlot,
        this::killPrimary,
        this::pauseBriefly);
  }

  /** A primary that serves slots, whichever server that is now. */
  private RedisInstance primary(Random random) {
    RedisInstance server = cluster.servers().get(random.nextInt(PRIMARIES));
    return server.isPrimary() ? server : cluster.partnerOf(server);
  }

  private static @Nullable String anyDocument(RedisInstance server) {
    String key = server.execute(redis -> redis.randomkey());
    return key != null && key.startsWith("routing:extension:") ? key : null;
  }

  /** As an operator reshards, with pauses in which keys are on either server. */
  private void moveSlot(Random random) {
    RedisInstance from = primary(random);
    String key = anyDocument(from);
    if (key == null) {
      return;
    }
    int slot = Slots.slotOf(key);
    RedisInstance to = cluster.otherPrimary(from);
    cluster.beginMove(slot, from, to);
    pause(random, 0, 300);
    cluster.moveKeys(slot, from, to);
    pause(random, 0, 300);
    cluster.moveKeys(slot, from, to);
    cluster.endMove(slot, from, to);
  }

  /** Leaves an entry on the target that nobody evicts there; its slot moves later. */
  private void leaveCopyOnTarget(Random random) {
    RedisInstance from = primary(random);
    String key = anyDocument(from);
    if (key == null) {
      return;
    }
    int slot = Slots.slotOf(key);
    RedisInstance to = cluster.otherPrimary(from);
    cluster.beginMove(slot, from, to);
    cluster.copyKey(key, from, to);
    from.execute(redis -> redis.clusterSetSlotStable(slot));
    pause(random, 0, 500);
    cluster.beginMove(slot, from, to);
    cluster.moveKeys(slot, from, to);
    cluster.endMove(slot, from, to);
  }

  /** Resumes after its replica was promoted, and answers until it has noticed the promotion. */
  private void pausePrimary(Random random) {
    RedisInstance before = primary(random);
    cluster.noticeFailures(true);
    before.pause();
    cluster.awaitPromoted(cluster.partnerOf(before));
    pause(random, 0, 1000);
    before.resume();
    cluster.noticeFailures(false);
    cluster.awaitHealed();
  }

  private void killPrimary(Random random) {
    RedisInstance before = primary(random);
    before.kill();
    cluster.promotePartnerOf(before);
    pause(random, 0, 1000);
    before.restart();
    cluster.awaitHealed();
  }

  private void promoteByHand(Random random) {
    RedisInstance before = primary(random);
    cluster.promotePartnerOf(before);
    cluster.awaitHealed();
  }

  /** Sooner than the others notice. */
  private void pauseBriefly(Random random) {
    RedisInstance primary = primary(random);
    primary.pause();
    pause(random, 0, 1500);
    primary.resume();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
