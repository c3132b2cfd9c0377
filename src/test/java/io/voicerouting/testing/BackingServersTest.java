package io.voicerouting.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackingServersTest {

  @Test
  void sharedServersAreRealAndTheSameForEverybody() throws SQLException {
    BackingServers servers = BackingServers.shared();

    assertThat(BackingServers.shared()).isSameAs(servers);
    assertThat(
            query(
                servers.jdbcUrl(),
                "select current_user || ' ' || (version() like 'PostgreSQL 1_.%')"))
        .isEqualTo(servers.databaseUsername() + " true");
    try (RedisClient client = RedisClient.create();
        StatefulRedisConnection<String, String> connection =
            client.connect(RedisURI.create(servers.redisHost(), servers.redisPort()))) {
      assertThat(connection.sync().configGet("maxmemory-policy", "save"))
          .isEqualTo(Map.of("maxmemory-policy", "noeviction", "save", ""));
    }
  }

  @Test
  void redisCanBePausedResumedKilledAndRestarted() {
    try (RedisInstance redis = BackingServers.startRedis("maxmemory 8mb");
        RedisClient client = RedisClient.create()) {
      RedisURI uri = RedisURI.create(redis.host(), redis.port());
      uri.setTimeout(Duration.ofSeconds(2));
      final long pid = redis.pid();

      try (StatefulRedisConnection<String, String> connection = client.connect(uri)) {
        assertThat(connection.sync().configGet("maxmemory")).containsValue("8388608");
        redis.pause();
        assertThatThrownBy(() -> connection.sync().set("while-paused", "1"))
            .isInstanceOf(RedisCommandTimeoutException.class);
        redis.resume();
        assertThat(connection.sync().get("while-paused"))
            .as("a command that gave up still runs")
            .isEqualTo("1");
      }

      redis.kill();
      assertThat(ProcessHandle.of(pid).filter(Processes::runs)).isEmpty();
      redis.restart();
      assertThat(redis.pid()).isNotEqualTo(pid);
      try (StatefulRedisConnection<String, String> connection = client.connect(uri)) {
        assertThat(connection.sync().dbsize()).isZero();
      }
    }
  }

  @Test
  void postgresCanBePausedResumedKilledAndRestarted() throws SQLException {
    PostgresInstance closed;
    try (PostgresInstance postgres = BackingServers.startPostgres()) {
      closed = postgres;
      String url = postgres.jdbcUrl();
      String impatient = url + "?socketTimeout=1&connectTimeout=1&loginTimeout=1";
      query(url, "create table kept as select 42 as answer; select 1");

      postgres.pause();
      assertThatThrownBy(() -> query(impatient, "select 1")).isInstanceOf(SQLException.class);
      postgres.resume();
      assertThat(query(url, "select answer from kept")).isEqualTo("42");

      final long pid = postgres.pid();
      postgres.kill();
      // Refused, or ended at once: a child that was just being made may hold the socket a little
      // longer.
      assertThatThrownBy(() -> query(url, "select 1"))
          .asInstanceOf(throwable(SQLException.class))
          .extracting(SQLException::getSQLState)
          .asString()
          .startsWith("08");
      postgres.restart();
      assertThat(postgres.pid()).isNotEqualTo(pid);
      assertThat(query(url, "select answer from kept")).isEqualTo("42");
    }
    assertThat(closed.directory()).doesNotExist();
  }

  private static String query(String url, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url, ServiceDatabase.USERNAME, ServiceDatabase.PASSWORD);
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      try (ResultSet result = statement.getResultSet()) {
        assertThat(result.next()).isTrue();
        return result.getString(1);
      }
    }
  }
}
