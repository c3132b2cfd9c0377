package io.voicerouting.bench.faults;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The servers that fail, and proxies in front of them for faults of the network. */
final class FaultServers implements AutoCloseable {

  private static final long FLAPPING_MILLIS = 700;
  private static final int MOVED_SLOTS = 20;
  private static final Duration REPLICATION_LAG = Duration.ofSeconds(1);

  private final Backends backends = Backends.start(FaultData.SAMPLES);
  private final TcpProxy redisProxy = TcpProxy.start(redis().port());
  private final TcpProxy postgresProxy = TcpProxy.start(postgres().port());
  private final ScheduledExecutorService flapping = Executors.newSingleThreadScheduledExecutor();
  private RedisInstance replica = redis();
  private @Nullable SentinelGroup sentinelGroup; // null: not used yet
  private @Nullable RedisCluster cluster; // null: not used yet
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
      sentinelGroup = group;
    }
    return group;
  }

  /** Stops the primary of the Sentinel group and waits until another one is promoted. */
  void replacePrimary(Consumer<RedisInstance> stop) {
    RedisInstance primary = sentinelGroup().primary();
    stop.accept(primary);
    sentinelGroup().awaitOtherPrimary(primary);
    replacedPrimary = primary;
  }

  /** The Redis Cluster, started when it is first asked for. */
  private RedisCluster cluster() {
    RedisCluster used = cluster;
    if (used == null) {
      used = BackingServers.startRedisCluster();
      cluster = used;
    }
    return used;
  }

  private RedisInstance primaryInCluster() {
    return cluster().servers().stream().filter(RedisInstance::isPrimary).findFirst().orElseThrow();
  }

  /** Orders a failover of one primary of the cluster and waits for it. */
  void failOverInCluster() {
    cluster().failOver(primaryInCluster());
  }

  /** Stops one primary of the cluster and waits until its replica is promoted. */
  void replacePrimaryInCluster(Consumer<RedisInstance> stop) {
    RedisInstance primary = primaryInCluster();
    stop.accept(primary);
    cluster().awaitPromoted(cluster().partnerOf(primary));
    replacedPrimary = primary;
  }

  /** Moves some slots that have keys, one after the other. */
  void moveSlots() {
    RedisInstance from = primaryInCluster();
    RedisInstance to = cluster().otherPrimary(from);
    for (int slot : cluster().slotsWithKeys(from, MOVED_SLOTS)) {
      cluster().beginMove(slot, from, to);
      cluster().moveKeys(slot, from, to);
      cluster().endMove(slot, from, to);
    }
  }

  /** The server that was stopped last, for another one to take its place. */
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

  /** Waits until each Redis primary has its replicas again, if it has any. */
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
      case DIRECT, REDIS_PROXY, POSTGRES_PROXY -> List.of(redis());
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
    var unused =
        flapping.scheduleAtFixedRate(redisProxy::cut, 0, FLAPPING_MILLIS, TimeUnit.MILLISECONDS);
  }

  void stopFlapping() {
    flapping.shutdownNow();
  }

  @Override
  public void close() {
    flapping.shutdownNow();
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
