package io.voicerouting.bench;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;

/** A PostgreSQL and a Redis server of one benchmark. */
public record Backends(PostgresInstance postgres, RedisInstance redis) implements AutoCloseable {

  /** Starts both, with the data in PostgreSQL and Redis empty. */
  public static Backends start(SampleData data) {
    Backends backends = new Backends(BackingServers.startPostgres(), BackingServers.startRedis());
    data.load(backends.postgres);
    return backends;
  }

  @Override
  public void close() {
    redis.close();
    postgres.close();
  }
}
