package io.voicerouting.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.Test;

class RedisClusterTest {

  private static final String KEY = "some key";

  @Test
  void movesSlotsAndPromotesReplicas() {
    try (RedisCluster cluster = BackingServers.startRedisCluster()) {
      RedisInstance first = cluster.primaryOf(KEY);
      RedisInstance second = cluster.otherPrimary(first);
      first.execute(redis -> redis.set(KEY, "value"));
      int slot = SlotHash.getSlot(KEY);
      cluster.beginMove(slot, first, second);
      cluster.moveKeys(slot, first, second);
      cluster.endMove(slot, first, second);
      assertThat(cluster.primaryOf(KEY)).isSameAs(second);
      String moved = second.execute(redis -> redis.get(KEY));
      assertThat(moved).isEqualTo("value");

      second.kill();
      RedisInstance promoted = cluster.promotePartnerOf(second);

      assertThat(cluster.primaryOf(KEY)).isSameAs(promoted);
      second.restart();
      cluster.awaitHealed();
      assertThat(second.isPrimary()).isFalse();
    }
  }
}
