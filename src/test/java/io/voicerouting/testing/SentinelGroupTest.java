package io.voicerouting.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SentinelGroupTest {

  private SentinelGroup group;
  private RedisInstance primary;

  @BeforeEach
  void startGroup() {
    group = BackingServers.startSentinelGroup();
    primary = group.primary();
  }

  @AfterEach
  void closeGroup() {
    group.close();
  }

  @Test
  void failoverDemotesThePrimaryAndPromotesAReplica() {
    assertThat(primary).isSameAs(group.servers().getFirst());
    assertThat(primary.isPrimary()).isTrue();

    RedisInstance promoted = group.failover();

    assertThat(promoted).isNotSameAs(primary);
    assertThat(group.primary()).isSameAs(promoted);
    group.awaitDemoted(primary);
    promoted.awaitReplicas(2);
    try (SentinelInstance lone = SentinelGroup.startLoneSentinel(primary)) {
      SocketAddress named = lone.query(commands -> commands.getMasterAddrByName(lone.group()));
      assertThat(((InetSocketAddress) named).getPort()).isEqualTo(primary.port());
    }
  }

  @Test
  void closedGroupLeavesNoProcess() {
    group.close();

    assertThat(group.servers()).noneMatch(SentinelGroupTest::answers);
    assertThat(group.sentinels()).noneMatch(SentinelInstance::isRunning);
  }

  private static boolean answers(RedisInstance redis) {
    try {
      return redis.isPrimary();
    } catch (RedisException closed) {
      return false;
    }
  }
}
