package io.voicerouting.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** What is broken, and made whole again. */
@SuppressWarnings("ImmutableEnumChecker") // what is done to the servers holds no state
enum Fault {
  NONE("none", false, servers -> {}, servers -> {}),
  REDIS_KILLED(
      "Redis killed, started again empty",
      false,
      servers -> servers.redis().kill(),
      servers -> servers.redis().restart()),
  REDIS_PAUSED(
      "Redis paused (SIGSTOP)",
      false,
      servers -> servers.redis().pause(),
      servers -> servers.redis().resume()),
  REDIS_RESTARTED("Redis restarted", false, servers -> servers.redis().restart()),
  REDIS_FULL(
      "Redis out of memory (noeviction)",
      false,
      servers -> servers.tellRedis(redis -> redis.configSet("maxmemory", "1")),
      servers -> servers.tellRedis(redis -> redis.configSet("maxmemory", "0"))),
  REDIS_READ_ONLY(
      "Redis read-only (replica of nobody)",
      false,
      servers -> servers.tellRedis(redis -> redis.replicaof("127.0.0.1", 1)),
      servers -> servers.tellRedis(redis -> redis.replicaofNoOne())),
  REDIS_WITHOUT_REPLICAS(
      "Redis refuses writes (min-replicas-to-write)",
      false,
      servers -> servers.tellRedis(redis -> redis.configSet("min-replicas-to-write", "1")),
      servers -> servers.tellRedis(redis -> redis.configSet("min-replicas-to-write", "0"))),
  POSTGRES_KILLED(
      "PostgreSQL killed, started again",
      false,
      servers -> servers.postgres().kill(),
      servers -> servers.postgres().restart()),
  POSTGRES_PAUSED(
      "PostgreSQL paused (SIGSTOP)",
      false,
      servers -> servers.postgres().pause(),
      servers -> servers.postgres().resume()),
  REDIS_SLOW(
      "Redis slow: 50 ms a reply",
      true,
      servers -> servers.redisProxy().delay(Duration.ofMillis(50)),
      servers -> servers.redisProxy().delay(Duration.ZERO)),
  REDIS_TOO_SLOW(
      "Redis slower than its timeout: 150 ms a reply",
      true,
      servers -> servers.redisProxy().delay(Duration.ofMillis(150)),
      servers -> servers.redisProxy().delay(Duration.ZERO)),
  REDIS_CUT("connections to Redis cut", true, servers -> servers.redisProxy().cut()),
  REDIS_FLAPPING(
      "connections to Redis cut every 0.7 s",
      true,
      FaultServers::startFlapping,
      FaultServers::stopFlapping),
  REDIS_CUT_HALF_WAY(
      "connections to Redis cut half-way through a reply",
      true,
      servers -> servers.redisProxy().cutReplies(true),
      servers -> servers.redisProxy().cutReplies(false)),
  REDIS_SILENT(
      "Redis accepts connections, never answers",
      true,
      servers -> servers.redisProxy().silence(true),
      servers -> servers.redisProxy().silence(false)),
  REDIS_LOST("connections to Redis lost without a word", true, Fault::loseConnections),
  REDIS_FAILED_OVER("Redis fails over to a replica 1 s behind", true, FaultServers::failOver),
  POSTGRES_SLOW(
      "PostgreSQL slow: 50 ms a reply",
      true,
      servers -> servers.postgresProxy().delay(Duration.ofMillis(50)),
      servers -> servers.postgresProxy().delay(Duration.ZERO)),
  POSTGRES_SLOWER(
      "PostgreSQL slower: 250 ms a reply",
      true,
      servers -> servers.postgresProxy().delay(Duration.ofMillis(250)),
      servers -> servers.postgresProxy().delay(Duration.ZERO)),
  POSTGRES_TOO_SLOW(
      "PostgreSQL very slow: 800 ms a reply",
      true,
      servers -> servers.postgresProxy().delay(Duration.ofMillis(800)),
      servers -> servers.postgresProxy().delay(Duration.ZERO)),
  POSTGRES_CUT("connections to PostgreSQL cut", true, servers -> servers.postgresProxy().cut()),
  POSTGRES_SILENT(
      "PostgreSQL accepts connections, never answers",
      true,
      servers -> servers.postgresProxy().silence(true),
      servers -> servers.postgresProxy().silence(false));

  private static final Duration HOLD = Duration.ofSeconds(6);

  private final String title;
  private final boolean proxied;
  private final boolean momentary;
  private final Consumer<FaultServers> begin;
  private final Consumer<FaultServers> end;

  /** A moment after which all works again. */
  Fault(String title, boolean proxied, Consumer<FaultServers> moment) {
    this(title, proxied, true, moment, servers -> {});
  }

  Fault(String title, boolean proxied, Consumer<FaultServers> begin, Consumer<FaultServers> end) {
    this(title, proxied, false, begin, end);
  }

  Fault(
      String title,
      boolean proxied,
      boolean momentary,
      Consumer<FaultServers> begin,
      Consumer<FaultServers> end) {
    this.title = title;
    this.proxied = proxied;
    this.momentary = momentary;
    this.begin = begin;
    this.end = end;
  }

  private static void loseConnections(FaultServers servers) {
    servers.redisProxy().silence(true);
    servers.redisProxy().silence(false);
  }

  String title() {
    return title;
  }

  /** Name in options. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the services come to through a proxy. */
  Proxied proxied() {
    if (!proxied) {
      return Proxied.NOTHING;
    }
    return isOfDatabase() ? Proxied.POSTGRES : Proxied.REDIS;
  }

  /** What the services come to through a proxy, which costs both processor time. */
  enum Proxied {
    NOTHING,
    REDIS,
    POSTGRES
  }

  /** Whether what was never asked for, or has just changed, cannot be answered. */
  boolean isOfDatabase() {
    return name().startsWith("POSTGRES");
  }

  /** How long it lasts. */
  Duration duration() {
    return momentary ? Duration.ZERO : HOLD;
  }

  void begin(FaultServers servers) {
    begin.accept(servers);
  }

  /** Returns when the server works again. */
  void end(FaultServers servers) {
    end.accept(servers);
  }
}
