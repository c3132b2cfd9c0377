package io.voicerouting.testing;

/** Servers that run as processes of this machine. */
record EmbeddedServers(PostgresInstance postgres, RedisInstance redis) implements BackingServers {

  static EmbeddedServers start() {
    return new EmbeddedServers(PostgresInstance.start(), RedisInstance.start());
  }

  @Override
  public String jdbcUrl() {
    return postgres.jdbcUrl();
  }

  @Override
  public String databaseUsername() {
    return postgres.username();
  }

  @Override
  public String databasePassword() {
    return postgres.password();
  }

  @Override
  public String redisHost() {
    return redis.host();
  }

  @Override
  public int redisPort() {
    return redis.port();
  }
}
