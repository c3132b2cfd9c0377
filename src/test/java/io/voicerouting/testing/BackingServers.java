package io.voicerouting.testing;

/**
 * A real PostgreSQL with an empty database of the service's, and a real Redis. Containers where a
 * Docker engine answers, else servers from Maven artifacts, so that neither engine nor installation
 * is needed.
 */
public interface BackingServers {

  /** JDBC URL of the service's database. */
  String jdbcUrl();

  /** A role that owns the database and is no superuser. */
  String databaseUsername();

  /** The role's password. */
  String databasePassword();

  /** Host of Redis. */
  String redisHost();

  /** Port of Redis, which evicts nothing by itself, writes no files and asks for no password. */
  int redisPort();

  /** The servers of this JVM, started when first asked for; they end with the JVM. */
  static BackingServers shared() {
    return SharedServers.get();
  }

  /**
   * Starts a Redis for one test alone, always as a process of this machine, so that it can be
   * paused and killed. The caller closes it.
   *
   * @param settings directives as in {@code redis.conf}, such as {@code maxmemory 8mb}
   */
  static RedisInstance startRedis(String... settings) {
    return RedisInstance.start(settings);
  }

  /**
   * Starts a primary and a synchronized replica for one test alone. The caller closes them.
   *
   * @param settings directives of both servers
   */
  static RedisReplication startRedisReplication(String... settings) {
    return RedisReplication.start(settings);
  }

  /**
   * Starts a primary with two replicas and three Sentinels for one test alone. The caller closes
   * them.
   *
   * @param settings directives of the three servers
   */
  static SentinelGroup startSentinelGroup(String... settings) {
    return SentinelGroup.start(settings);
  }

  /**
   * Starts a Redis Cluster of three primaries with a replica each, for one test alone. The caller
   * closes it.
   *
   * @param settings directives of all servers
   */
  static RedisCluster startRedisCluster(String... settings) {
    return RedisCluster.start(settings);
  }

  /** Starts a PostgreSQL for one test alone, as {@link #startRedis} does. The caller closes it. */
  static PostgresInstance startPostgres() {
    return PostgresInstance.start();
  }
}
