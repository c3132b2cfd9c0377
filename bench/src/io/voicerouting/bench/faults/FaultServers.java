package io.voicerouting.bench.faults;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.voicerouting.bench.Backends;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisCluster;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.SentinelGroup;
import io.voicerouting.testing.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The servers that fail, and proxies in front of them for faults of the network. */
final class FaultServers implements AutoCloseable {

  private static final long FLAPPING_MILLIS = 700;
  private static final long MOVE_MILLIS = 100;
  private static final Duration REPLICATION_LAG = Duration.ofSeconds(1);

  private final Backends backends = Backends.start(FaultData.SAMPLES);
  private final TcpProxy redisProxy = TcpProxy.start(redis().port());
  private final TcpProxy postgresProxy = TcpProxy.start(postgres().port());
  private final ScheduledExecutorService repeated = Executors.newSingleThreadScheduledExecutor();
  private RedisInstance replica = redis();
  private @Nullable SentinelGroup sentinelGroup; // null: not used yet
  private @Nullable RedisCluster cluster; // null: not used yet
  private @Nullable Future<?> repetition; // null: nothing is repeated
  private @Nullable RedisInstance replacedPrimary; // null: none yet

  Backends backends() {
    return backends;
  }

  PostgresInstance postgres() {
    return backends.postgres();
  }

  RedisInstance redis() {
    return backends.redis();
  }

  TcpProxy redisProxy() {
    return redisProxy;
  }

  TcpProxy postgresProxy() {
    return postgresProxy;
  }

  /** Service arguments that select a route. */
  List<String> arguments(Fault.Route route) {
    return switch (route) {
      case DIRECT -> List.of();
      case REDIS_PROXY -> List.of("--spring.data.redis.port=" + redisProxy.port());
      case SENTINEL ->
          List.of(
              "--REDIS_SENTINEL_MASTER=" + SentinelGroup.NAME,
              "--REDIS_SENTINEL_NODES="
                  + sentinelGroup().sentinels().stream()
                      .map(sentinel -> sentinel.host() + ":" + sentinel.port())
                      .collect(Collectors.joining(",")));
      case CLUSTER ->
          List.of(
              "--REDIS_CLUSTER_NODES="
                  + cluster().servers().stream()
                      .map(server -> server.host() + ":" + server.port())
                      .collect(Collectors.joining(",")));
      case POSTGRES_PROXY ->
          List.of(
              "--spring.datasource.url="
                  + postgres()
                      .jdbcUrl()
                      .replace(":" + postgres().port() + "/", ":" + postgresProxy.port() + "/"));
    };
  }

  /** The Sentinel group, started when it is first asked for. */
  SentinelGroup sentinelGroup() {
    SentinelGroup group = sentinelGroup;
    if (group == null) {
      group = BackingServers.startSentinelGroup();
      group.noticeFailures(true);
      sentinelGroup = group;
    }
    return group;
  }

  /** The Redis Cluster, started when it is first asked for. */
  private RedisCluster cluster() {
    RedisCluster started = cluster;
    if (started == null) {
      started = BackingServers.startRedisCluster();
      started.noticeFailures(true);
      cluster = started;
    }
    return started;
  }

  private RedisInstance clusterPrimary() {
    return cluster().servers().stream().filter(RedisInstance::isPrimary).findFirst().orElseThrow();
  }

  /** Promotes the replica of a cluster's primary, which agrees ({@code CLUSTER FAILOVER}). */
  void promoteClusterReplica() {
    RedisInstance replica = cluster().partnerOf(clusterPrimary());
    replica.execute(redis -> redis.clusterFailover(false));
    cluster().awaitPromoted(replica);
  }

  /** Stops a primary of the cluster and waits until its replica is promoted. */
  void replaceClusterPrimary(Consumer<RedisInstance> stop) {
    RedisInstance primary = clusterPrimary();
    stop.accept(primary);
    cluster().awaitPromoted(cluster().partnerOf(primary));
    replacedPrimary = primary;
  }

  /** Moves slots that have keys from one primary of the cluster to another, again and again. */
  void startMovingSlots() {
    RedisInstance from = clusterPrimary();
    RedisInstance to = cluster().otherPrimary(from);
    repeat(() -> moveSlot(from, to), MOVE_MILLIS);
  }

  private void moveSlot(RedisInstance from, RedisInstance to) {
    String key = from.execute(redis -> redis.randomkey());
    if (key != null) {
      int slot = SlotHash.getSlot(key);
      cluster().beginMove(slot, from, to);
      cluster().moveKeys(slot, from, to);
      cluster().endMove(slot, from, to);
    }
  }

  /** Throws if moving failed. */
  void stopMovingSlots() {
    stopRepetition();
  }

  /** Stops the primary of the Sentinel group and waits until another one is promoted. */
  void replaceSentinelPrimary(Consumer<RedisInstance> stop) {
    RedisInstance primary = sentinelGroup().primary();
    stop.accept(primary);
    sentinelGroup().awaitOtherPrimary(primary);
    replacedPrimary = primary;
  }

  /** The primary that was stopped last. */
  RedisInstance replacedPrimary() {
    return Objects.requireNonNull(replacedPrimary);
  }

  /** Pauses every Redis server that the instances of a route use. */
  void pauseRedis(Fault.Route route) {
    redisOf(route).forEach(RedisInstance::pause);
  }

  void resumeRedis(Fault.Route route) {
    redisOf(route).forEach(RedisInstance::resume);
    settle(route);
  }

  /** Waits until each primary of a group has its replicas again. */
  void settle(Fault.Route route) {
    if (route == Fault.Route.SENTINEL) {
      sentinelGroup().awaitWhole();
    } else if (route == Fault.Route.CLUSTER) {
      cluster().awaitHealed();
    }
  }

  private List<RedisInstance> redisOf(Fault.Route route) {
    return switch (route) {
      case SENTINEL -> sentinelGroup().servers();
      case CLUSTER -> cluster().servers();
      default -> List.of(redis());
    };
  }

  /** Sends a command to Redis. */
  void command(Consumer<RedisCommands<String, String>> command) {
    command(redis(), command);
  }

  private static void command(
      RedisInstance server, Consumer<RedisCommands<String, String>> command) {
    RedisClient client = RedisClient.create();
    try (StatefulRedisConnection<String, String> connection =
        client.connect(RedisURI.create(server.host(), server.port()))) {
      command.accept(connection.sync());
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }

  /** Gives Redis a replica, which {@link #failOver} makes the new primary. */
  void addReplica() {
    replica = BackingServers.startRedis("replicaof 127.0.0.1 " + redis().port());
  }

  /** Promotes a replica that misses the latest writes. */
  void failOver() throws InterruptedException {
    command(replica, RedisCommands::replicaofNoOne);
    Thread.sleep(REPLICATION_LAG);
    redisProxy.redirect(replica.port());
    redisProxy.cut();
  }

  /** Cuts all connections to Redis again and again. */
  void startFlapping() {
    repeat(redisProxy::cut, FLAPPING_MILLIS);
  }

  void stopFlapping() {
    stopRepetition();
  }

  private void repeat(Runnable task, long millis) {
    repetition = repeated.scheduleWithFixedDelay(task, 0, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Ends what is repeated; a turn that has begun goes on.
   *
   * @throws IllegalStateException if a turn has failed
   */
  private void stopRepetition() {
    Future<?> current = Objects.requireNonNull(repetition);
    if (!current.cancel(false)) {
      throw new IllegalStateException("A repeated step failed", current.exceptionNow());
    }
    repetition = null;
  }

  @Override
  public void close() {
    repeated.close();
    redisProxy.close();
    postgresProxy.close();
    if (sentinelGroup != null) {
      sentinelGroup.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    replica.close();
    backends.close();
  }
}
