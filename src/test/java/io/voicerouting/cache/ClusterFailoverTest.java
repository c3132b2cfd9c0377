package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisCluster;
import io.voicerouting.testing.RedisInstance;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * One primary of a Redis Cluster with its replica. The old primary does not notice the promotion,
 * and keeps serving its slots. The first instance queried the topology before the promotion and
 * does not query it again, so its view is stale.
 *
 * <p>Not run here, because a cluster has no such thing:
 *
 * <ul>
 *   <li>Sentinels that contradict each other, lie or do not answer. {@code SlotVoteTest} has
 *       servers of a cluster that contradict each other.
 *   <li>A replica that refuses a write with {@code READONLY}, upon which the session ends at once:
 *       a replica of a cluster redirects, and the next pass ends the session.
 *   <li>Demotion by {@code REPLICAOF}, which a cluster does not permit. A server is demoted here by
 *       learning that another one serves its slots.
 * </ul>
 */
class ClusterFailoverTest extends FailoverContract {

  private static final int GROUPS = 3;

  /** Each test uses another primary and its replica, as long as there are some. */
  private static @Nullable RedisCluster cluster; // null: the next test starts one

  private static int group;

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
      cluster = null;
    }
  }

  @Override
  void startServers() {
    if (cluster != null && ++group < GROUPS) {
      return;
    }
    stopCluster();
    cluster = BackingServers.startRedisCluster();
    group = 0;
  }

  private static RedisCluster cluster() {
    return Objects.requireNonNull(cluster);
  }

  @Override
  RedisInstance primary() {
    return cluster().servers().get(group);
  }

  @Override
  RedisInstance replica() {
    return cluster().partnerOf(primary());
  }

  @Override
  CacheKey newKey() {
    while (true) {
      CacheKey candidate = database.newExtension("old");
      if (cluster().homeOf(candidate.redisKey()).equals(primary())) {
        return candidate;
      }
    }
  }

  @Override
  EngineInstance connect(RedisInstance server, ManualClock clock) {
    EngineInstance instance = new EngineInstance(cluster(), EngineInstance.LONG_TIMEOUTS, clock);
    await()
        .until(
            () -> {
              instance.watch();
              instance.pass();
              return instance.trusts(key) && instance.reign(key).equals(server.replicationId());
            });
    return instance;
  }

  @Override
  void promoteReplica() {
    primary().awaitReplicated(1);
    cluster().isolateByForgetting(primary());
    cluster().promotePartnerOf(primary());
  }

  @Override
  void demotePrimary() {
    cluster().rejoin(primary(), replica());
    primary().awaitSynchronized();
    replica().awaitReplicas(1);
  }

  @Override
  void promotePrimaryAgain() {
    cluster().promote(primary());
  }

  @Override
  void orphanPrimary() {
    demotePrimary();
    replica().kill();
    group = GROUPS; // without this server, the others could lose their majority
  }

  @Override
  void stopServers() {
    if (group >= GROUPS - 1) {
      stopCluster();
    }
  }

  @Test
  void replicaThatRedirectsAnEvictionLosesItsSessionByTheNextPass() {
    demotePrimary();
    onOldPrimary.write(key, "new");
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
    onOldPrimary.pass();

    assertThat(onOldPrimary.connected(key)).isFalse();
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }
}
