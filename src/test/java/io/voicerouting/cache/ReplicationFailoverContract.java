package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.RedisReplication;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A primary with one replica, without Redis Cluster. */
abstract class ReplicationFailoverContract extends FailoverContract {

  private @Nullable RedisReplication redis; // null: not started

  @Override
  void startServers() {
    redis = BackingServers.startRedisReplication();
  }

  private RedisReplication redis() {
    return Objects.requireNonNull(redis);
  }

  @Override
  RedisInstance primary() {
    return redis().primary();
  }

  @Override
  RedisInstance replica() {
    return redis().replica();
  }

  @Override
  CacheKey newKey() {
    return database.newExtension("old");
  }

  @Override
  void promoteReplica() {
    redis().promoteReplica();
  }

  @Override
  void demotePrimary() {
    redis().demotePrimary();
  }

  @Override
  void promotePrimaryAgain() {
    redis().primary().promote();
  }

  @Override
  void orphanPrimary() {
    redis().orphanPrimary();
  }

  @Override
  void stopServers() {
    redis().close();
  }

  /** A replica of a cluster redirects instead: {@link ClusterFailoverTest}. */
  @Test
  void replicaThatRefusesAnEvictionLosesItsSessionAtOnce() {
    redis().orphanPrimary();
    onOldPrimary.write(key, "new");

    assertThat(onOldPrimary.connected()).isFalse();
    assertThat(onOldPrimary.displayName(key)).isEqualTo("new");
  }
}
