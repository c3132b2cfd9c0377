package io.voicerouting.bench.faults;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.voicerouting.bench.Backends;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
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
  private static final Duration REPLICATION_LAG = Duration.ofSeconds(1);

  private final Backends backends = Backends.start(FaultData.SAMPLES);
  private final TcpProxy redisProxy = TcpProxy.start(redis().port());
  private final TcpProxy postgresProxy = TcpProxy.start(postgres().port());
  private final ScheduledExecutorService flapping = Executors.newSingleThreadScheduledExecutor();
  private RedisInstance replica = redis();
  private @Nullable SentinelGroup sentinelGroup; // null: not used yet
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
      group.noticeFailures();
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

  /** The server that {@link #replacePrimary} stopped last. */
  RedisInstance replacedPrimary() {
    return Objects.requireNonNull(replacedPrimary);
  }

  /** Pauses every Redis server that the instances of a route use. */
  void pauseRedis(Fault.Route route) {
    redisOf(route).forEach(RedisInstance::pause);
  }

  void resumeRedis(Fault.Route route) {
    redisOf(route).forEach(RedisInstance::resume);
    if (route == Fault.Route.SENTINEL) {
      settleSentinelGroup();
    }
  }

  /** Waits until the Sentinel group has one primary and two replicas that follow it. */
  void settleSentinelGroup() {
    sentinelGroup().awaitWhole();
  }

  private List<RedisInstance> redisOf(Fault.Route route) {
    return route == Fault.Route.SENTINEL ? sentinelGroup().servers() : List.of(redis());
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
    replica.close();
    backends.close();
  }
}
