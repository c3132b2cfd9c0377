package io.voicerouting.testing;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Servers that run in containers; Testcontainers removes them when this JVM ends. */
record ContainerServers(PostgreSQLContainer postgres, GenericContainer<?> redis)
    implements BackingServers {

  private static final DockerImageName POSTGRES = DockerImageName.parse("postgres:17");
  private static final DockerImageName REDIS = DockerImageName.parse("redis:7");
  private static final int REDIS_PORT = 6379;

  static ContainerServers start() {
    PostgreSQLContainer postgres =
        new PostgreSQLContainer(POSTGRES)
            .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
    GenericContainer<?> redis =
        new GenericContainer<>(REDIS)
            .withCommand("redis-server", "--save", "", "--maxmemory-policy", "noeviction")
            .withExposedPorts(REDIS_PORT);
    postgres.start();
    redis.start();
    ServiceDatabase.create(postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
    return new ContainerServers(postgres, redis);
  }

  @Override
  public String jdbcUrl() {
    return ServiceDatabase.jdbcUrl(
        postgres.getHost(), postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT));
  }

  @Override
  public String databaseUsername() {
    return ServiceDatabase.USERNAME;
  }

  @Override
  public String databasePassword() {
    return ServiceDatabase.PASSWORD;
  }

  @Override
  public String redisHost() {
    return redis.getHost();
  }

  @Override
  public int redisPort() {
    return redis.getMappedPort(REDIS_PORT);
  }
}
