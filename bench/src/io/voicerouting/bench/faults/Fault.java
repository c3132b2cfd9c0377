package io.voicerouting.bench.faults;

import static io.voicerouting.bench.faults.Fault.Route.CLUSTER;
import static io.voicerouting.bench.faults.Fault.Route.DIRECT;
import static io.voicerouting.bench.faults.Fault.Route.POSTGRES_PROXY;
import static io.voicerouting.bench.faults.Fault.Route.REDIS_PROXY;
import static io.voicerouting.bench.faults.Fault.Route.SENTINEL;

import io.voicerouting.testing.RedisInstance;
import java.time.Duration;

/** The faults: how each begins and how it ends. */
@SuppressWarnings("ImmutableEnumChecker") // the steps hold no state
enum Fault {
  NONE("none", DIRECT, servers -> {}, servers -> {}),
  REDIS_KILLED(
      "Redis killed, started again empty",
      DIRECT,
      servers -> servers.redis().kill(),
      servers -> servers.redis().restart()),
  REDIS_PAUSED(
      "Redis paused (SIGSTOP)",
      DIRECT,
      servers -> servers.redis().pause(),
      servers -> servers.redis().resume()),
  REDIS_RESTARTED("Redis restarted", DIRECT, servers -> servers.redis().restart()),
  REDIS_FULL(
      "Redis out of memory (noeviction)",
      DIRECT,
      servers -> servers.command(redis -> redis.configSet("maxmemory", "1")),
      servers -> servers.command(redis -> redis.configSet("maxmemory", "0"))),
  REDIS_READ_ONLY(
      "Redis read-only (replica of nobody)",
      DIRECT,
      servers -> servers.command(redis -> redis.replicaof("127.0.0.1", 1)),
      servers -> servers.command(redis -> redis.replicaofNoOne())),
  REDIS_WITHOUT_REPLICAS(
      "Redis refuses writes (min-replicas-to-write)",
      DIRECT,
      servers -> servers.command(redis -> redis.configSet("min-replicas-to-write", "1")),
      servers -> servers.command(redis -> redis.configSet("min-replicas-to-write", "0"))),
  POSTGRES_KILLED(
      "PostgreSQL killed, started again",
      DIRECT,
      servers -> servers.postgres().kill(),
      servers -> servers.postgres().restart()),
  POSTGRES_PAUSED(
      "PostgreSQL paused (SIGSTOP)",
      DIRECT,
      servers -> servers.postgres().pause(),
      servers -> servers.postgres().resume()),
  REDIS_SLOW(
      "Redis slow: 50 ms a reply",
      REDIS_PROXY,
      servers -> servers.redisProxy().delay(Duration.ofMillis(50)),
      servers -> servers.redisProxy().delay(Duration.ZERO)),
  REDIS_TOO_SLOW(
      "Redis slower than its timeout: 150 ms a reply",
      REDIS_PROXY,
      servers -> servers.redisProxy().delay(Duration.ofMillis(150)),
      servers -> servers.redisProxy().delay(Duration.ZERO)),
  REDIS_CUT("connections to Redis cut", REDIS_PROXY, servers -> servers.redisProxy().cut()),
  REDIS_FLAPPING(
      "connections to Redis cut every 0.7 s",
      REDIS_PROXY,
      FaultServers::startFlapping,
      FaultServers::stopFlapping),
  REDIS_CUT_HALF_WAY(
      "connections to Redis cut half-way through a reply",
      REDIS_PROXY,
      servers -> servers.redisProxy().cutReplies(true),
      servers -> servers.redisProxy().cutReplies(false)),
  REDIS_SILENT(
      "Redis accepts connections, never answers",
      REDIS_PROXY,
      servers -> servers.redisProxy().silence(true),
      servers -> servers.redisProxy().silence(false)),
  REDIS_LOST("connections to Redis lost without a word", REDIS_PROXY, Fault::dropConnections),
  REDIS_FAILED_OVER(
      "Redis fails over to a replica 1 s behind", REDIS_PROXY, FaultServers::failOver),
  POSTGRES_SLOW(
      "PostgreSQL slow: 50 ms a reply",
      POSTGRES_PROXY,
      servers -> servers.postgresProxy().delay(Duration.ofMillis(50)),
      servers -> servers.postgresProxy().delay(Duration.ZERO)),
  POSTGRES_SLOWER(
      "PostgreSQL slower: 250 ms a reply",
      POSTGRES_PROXY,
      servers -> servers.postgresProxy().delay(Duration.ofMillis(250)),
      servers -> servers.postgresProxy().delay(Duration.ZERO)),
  POSTGRES_TOO_SLOW(
      "PostgreSQL very slow: 800 ms a reply",
      POSTGRES_PROXY,
      servers -> servers.postgresProxy().delay(Duration.ofMillis(800)),
      servers -> servers.postgresProxy().delay(Duration.ZERO)),
  POSTGRES_CUT(
      "connections to PostgreSQL cut", POSTGRES_PROXY, servers -> servers.postgresProxy().cut()),
  POSTGRES_SILENT(
      "PostgreSQL accepts connections, never answers",
      POSTGRES_PROXY,
      servers -> servers.postgresProxy().silence(true),
      servers -> servers.postgresProxy().silence(false)),
  SENTINEL_FAILOVER(
      "Sentinel: failover by command", SENTINEL, servers -> servers.sentinelGroup().failover()),
  SENTINEL_PRIMARY_KILLED(
      "Sentinel: primary killed, replaced, started again",
      SENTINEL,
      servers -> servers.replaceSentinelPrimary(RedisInstance::kill),
      servers -> servers.replacedPrimary().restart()),
  SENTINEL_PRIMARY_PAUSED(
      "Sentinel: primary paused, replaced, waking",
      SENTINEL,
      servers -> servers.replaceSentinelPrimary(RedisInstance::pause),
      servers -> servers.replacedPrimary().resume()),
  SENTINEL_GUARDED_PRIMARY_PAUSED(
      "Sentinel: primary with min-replicas-to-write paused, replaced, waking",
      SENTINEL,
      servers -> {
        servers.sentinelGroup().servers().forEach(RedisInstance::guardWrites);
        servers.replaceSentinelPrimary(RedisInstance::pause);
      },
      servers -> servers.replacedPrimary().resume()),
  CLUSTER_FAILOVER("Cluster: failover by command", CLUSTER, FaultServers::promoteClusterReplica),
  CLUSTER_PRIMARY_KILLED(
      "Cluster: one of three primaries killed, replaced, started again",
      CLUSTER,
      servers -> servers.replaceClusterPrimary(RedisInstance::kill),
      servers -> servers.replacedPrimary().restart()),
  CLUSTER_PRIMARY_PAUSED(
      "Cluster: one of three primaries paused, replaced, waking",
      CLUSTER,
      servers -> servers.replaceClusterPrimary(RedisInstance::pause),
      servers -> servers.replacedPrimary().resume()),
  CLUSTER_RESHARDED(
      "Cluster: slots moved for 6 s",
      CLUSTER,
      FaultServers::startMovingSlots,
      FaultServers::stopMovingSlots);

  private final String title;
  private final Route route;
  private final Duration duration;
  private final Step begin;
  private final Step end;

  /** A momentary fault, after which everything works again. */
  Fault(String title, Route route, Step moment) {
    this(title, route, Duration.ZERO, moment, servers -> {});
  }

  /** A fault that lasts for a while. */
  Fault(String title, Route route, Step begin, Step end) {
    this(title, route, Duration.ofSeconds(6), begin, end);
  }

  Fault(String title, Route route, Duration duration, Step begin, Step end) {
    this.title = title;
    this.route = route;
    this.duration = duration;
    this.begin = begin;
    this.end = end;
  }

  /** A step at the servers, which returns when it is done. */
  private interface Step {
    void run(FaultServers servers) throws InterruptedException;
  }

  /** How the instances reach the servers. A proxy costs processor time. */
  enum Route {
    DIRECT,
    REDIS_PROXY,
    POSTGRES_PROXY,
    /** Redis is a Sentinel group. */
    SENTINEL,
    /** Redis is a Redis Cluster. */
    CLUSTER
  }

  private static void dropConnections(FaultServers servers) {
    servers.redisProxy().silence(true);
    servers.redisProxy().silence(false);
  }

  Route route() {
    return route;
  }

  /** Whether PostgreSQL fails, so that lookups without a cache entry cannot be answered. */
  boolean isOfDatabase() {
    return name().startsWith("POSTGRES");
  }

  /** Whether everything works again when another server was promoted, at the end of the begin. */
  boolean isFailover() {
    return this != CLUSTER_RESHARDED && (route == SENTINEL || route == CLUSTER);
  }

  /** Time between begin and end. */
  Duration duration() {
    return duration;
  }

  void begin(FaultServers servers) throws InterruptedException {
    begin.run(servers);
  }

  /** Returns when the server works again. */
  void end(FaultServers servers) throws InterruptedException {
    end.run(servers);
  }

  @Override
  public String toString() {
    return title;
  }
}
