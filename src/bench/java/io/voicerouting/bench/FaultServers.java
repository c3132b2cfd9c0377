package io.voicerouting.bench;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The servers that are hurt, and proxies in front of them for what networks do. */
final class FaultServers implements AutoCloseable {

  private static final long FLAPPING_MILLIS = 700;
  private static final Duration REPLICATION_STOPPED = Duration.ofSeconds(1);

  private final PostgresInstance postgres = BackingServers.startPostgres();
  private final RedisInstance redis = BackingServers.startRedis();
  private final TcpProxy redisProxy = TcpProxy.start(redis.port());
  private final TcpProxy postgresProxy = TcpProxy.start(postgres.port());
  private final ScheduledExecutorService flapping = Executors.newSingleThreadScheduledExecutor();
  private RedisInstance replica = redis;

  PostgresInstance postgres() {
    return postgres;
  }

  RedisInstance redis() {
    return redis;
  }

  TcpProxy redisProxy() {
    return redisProxy;
  }

  TcpProxy postgresProxy() {
    return postgresProxy;
  }

  /** Arguments with which the service comes to a server through a proxy. */
  List<String> through(Fault.Proxied proxied) {
    return switch (proxied) {
      case NOTHING -> List.of();
      case REDIS -> List.of("--spring.data.redis.port=" + redisProxy.port());
      case POSTGRES -> List.of("--spring.datasource.url=" + proxiedUrl());
    };
  }

  private String proxiedUrl() {
    return postgres
        .jdbcUrl()
        .replace(":" + postgres.port() + "/", ":" + postgresProxy.port() + "/");
  }

  /** Sends Redis a command that changes how it works. */
  void tellRedis(Consumer<RedisCommands<String, String>> command) {
    tell(redis, command);
  }

  private static void tell(RedisInstance server, Consumer<RedisCommands<String, String>> command) {
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
    replica = BackingServers.startRedis("replicaof 127.0.0.1 " + redis.port());
  }

  /** The replica misses what was written lately, and takes over. */
  void failOver() {
    tell(replica, commands -> commands.replicaofNoOne());
    ServiceProcess.sleep(REPLICATION_STOPPED);
    redisProxy.redirect(replica.port());
    redisProxy.cut();
  }

  /** Ends all connections to Redis again and again. */
  void startFlapping() {
    var unused =
        flapping.scheduleAtFixedRate(redisProxy::cut, 0, FLAPPING_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Lets the next connection stand. */
  void stopFlapping() {
    flapping.shutdownNow();
  }

  @Override
  public void close() {
    flapping.shutdownNow();
    redisProxy.close();
    postgresProxy.close();
    replica.close();
    redis.close();
    postgres.close();
  }
}
