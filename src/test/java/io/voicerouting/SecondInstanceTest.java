package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.Staleness;
import io.voicerouting.testing.TestTimeouts;
import io.voicerouting.testing.TestTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * A second instance beside the one of the other tests. It runs with the least rights that the files
 * in {@code ops} give to a PostgreSQL role and to a Redis user.
 */
@IntegrationTest
class SecondInstanceTest {

  private static final String ROLE = "voice_routing_app";
  private static final String REDIS_USER = "voice-routing";
  private static final String REDIS_PASSWORD = "least-rights";
  private static final String ORGANIZATIONS = "/api/v1/organizations";
  private static final int LONG_QUERIES = 4;

  /** Runs until it is canceled. */
  private static final String LONG_QUERY =
      "/* busy */ select count(*) from (select generate_series(1, 1000000000000)) numbers";

  private static final String OF_LONG_QUERIES =
      "from pg_stat_activity where state = 'active' and query like '/* busy */%'";

  private static @Nullable ConfigurableApplicationContext second;

  @Autowired private RestTestClient client;
  @Autowired private JdbcClient jdbc;

  private Calls admin;
  private RestTestClient secondClient;
  private long org;

  @BeforeEach
  void startSecondInstance() throws SQLException, IOException {
    if (second == null) {
      execute(Files.readString(Path.of("ops/postgres-least-rights.sql")));
      createRedisUser();
      redis(RedisCommands::aclLogReset);
      second = start();
    }
    String port = second.getEnvironment().getProperty("local.server.port");
    secondClient = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    admin = new Calls(client, TestTokens.ADMIN);
    org =
        admin
            .send(
                HttpMethod.POST,
                "{\"name\":\"Test\",\"timezone\":\"Europe/Berlin\"}",
                ORGANIZATIONS)
            .body()
            .get("id")
            .longValue();
  }

  @AfterAll
  static void stopSecondInstance() {
    if (second != null) {
      second.close();
    }
    redis(commands -> commands.aclDeluser(REDIS_USER));
  }

  @Test
  void leastRightsSuffice() {
    Calls ops = new Calls(secondClient, TestTokens.OPS);
    Calls platform = new Calls(secondClient, TestTokens.PLATFORM);
    Calls backOffice = new Calls(secondClient, issue("admin"));
    String organization = ORGANIZATIONS + "/" + org;
    await()
        .until(
            () -> ops.get("/actuator/routing-cache").body().at("/redis/state").asString(),
            "trusted"::equals);

    Answer created =
        backOffice.send(
            HttpMethod.POST,
            "{\"extension_number\":\"1001\",\"type\":\"user\"}",
            organization + "/extensions");
    assertThat(created.status()).isEqualTo(HttpStatus.CREATED);
    for (int i = 0; i < 3; i++) {
      assertThat(platform.get(organization + "/routing/decision?to=1001").status())
          .isEqualTo(HttpStatus.OK);
    }
    await()
        .until(
            () -> platform.get(organization + "/routing/extensions/1001").cacheStatus(),
            status -> status.startsWith("voice-routing; hit"));
    assertThat(ops.get("/actuator/routing-cache/" + org).body().get("items").size()).isPositive();
    assertThat(
            ops.send(
                    HttpMethod.POST,
                    "{\"resource\":\"extension\",\"organization_ids\":[%d]}".formatted(org),
                    "/actuator/routing-cache/evictions")
                .body()
                .get("keys"))
        .hasToString("1");
    await().until(() -> !redis(commands -> commands.keys("routing:warmed:*")).isEmpty());
    assertThat(ops.get("/actuator/routing-cache").body().at("/warming/state").asString())
        .isNotEqualTo("disabled");
    assertThat(ops.delete("/actuator/routing-cache/" + org).body().get("evicted").intValue())
        .isPositive();
    assertThat(backOffice.delete(organization + "/extensions/" + created.body().get("id")).status())
        .isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(backOffice.get(organization + "/audit?resource=extension").body().get("total"))
        .hasToString("2");
    await().until(() -> ops.get("/actuator/health").body().at("/status").asString(), "UP"::equals);
    List<Map<String, Object>> refused = redis(RedisCommands::aclLog);
    assertThat(refused).isEmpty();
  }

  @Test
  void leastRightsAllowNoMore() {
    for (String statement :
        List.of(
            "drop table extensions",
            "truncate audit_log",
            "update audit_log set token_name = 'Mallory'",
            "delete from flyway_schema_history",
            "alter table extensions disable trigger all",
            "create table mine (id bigint)")) {
      assertThatThrownBy(() -> executeAs(ROLE, statement))
          .as(statement)
          .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }
  }

  @Test
  void revokedTokenIsRefusedWhilePostgresIsBusy() {
    List<CompletableFuture<Void>> busy = new ArrayList<>();
    try {
      for (int i = 0; i < LONG_QUERIES; i++) {
        busy.add(
            CompletableFuture.runAsync(() -> run(LONG_QUERY), Thread::startVirtualThread)
                .exceptionally(canceled -> null));
      }
      await().until(() -> runningLongQueries() == LONG_QUERIES);
      revokeAndAwait(id -> admin.delete("/api/v1/tokens/" + id));
      assertThat(runningLongQueries()).isEqualTo(LONG_QUERIES);
      revokeAndAwait(id -> run("update api_tokens set revoked_at = now() where id = " + id));
      assertThat(runningLongQueries()).isEqualTo(LONG_QUERIES);
    } finally {
      jdbc.sql("select pg_cancel_backend(pid) " + OF_LONG_QUERIES)
          .query((row, number) -> row.getBoolean(1))
          .list();
      busy.forEach(CompletableFuture::join);
    }
  }

  private long runningLongQueries() {
    return jdbc.sql("select count(*) " + OF_LONG_QUERIES).query(Long.class).single();
  }

  /**
   * "Closed until" an instant changes decisions on both instances at once, and changes them back in
   * that second.
   */
  @Test
  void overrideTurnsBothInstancesAndEndsOnBothWithoutAWrite() {
    String organization = ORGANIZATIONS + "/" + org;
    String always =
        "{\"enabled\":true,\"time_ranges\":[{\"start_time\":\"00:00\",\"end_time\":\"24:00\"}]}";
    admin.send(
        HttpMethod.POST,
        """
        {"name":"Hours","open_hours_action":{"type":"ring_group","target":"sales"},
         "closed_hours_action":{"type":"voicemail","target":"main"},
         "schedule":{"monday":%1$s,"tuesday":%1$s,"wednesday":%1$s,"thursday":%1$s,"friday":%1$s,
           "saturday":%1$s,"sunday":%1$s}}"""
            .formatted(always),
        organization + "/business-hours");
    String decision = organization + "/routing/decision?direction=inbound";
    List<Calls> both =
        List.of(
            new Calls(client, TestTokens.PLATFORM), new Calls(secondClient, TestTokens.PLATFORM));
    for (Calls instance : both) {
      await().until(() -> isClosed(instance.get(decision)), closed -> !closed);
    }

    Answer created =
        admin.send(
            HttpMethod.POST,
            "{\"mode\":\"closed\",\"until\":\"PT12S\"}",
            organization + "/overrides");
    Instant end = Instant.parse(created.body().get("ends_at").stringValue());
    assertThat(isClosed(both.getFirst().get(decision))).isTrue();
    await().pollInterval(Duration.ofMillis(20)).until(() -> isClosed(both.getLast().get(decision)));
    String version = admin.get(organization + "/overrides/" + created.body().get("id")).body() + "";

    for (Calls instance : both) {
      await()
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                Answer answer = instance.get(decision);
                boolean over =
                    !Instant.parse(answer.body().get("evaluated_at").stringValue()).isBefore(end);
                assertThat(isClosed(answer)).isNotEqualTo(over);
                return over;
              });
    }
    assertThat(admin.get(organization + "/overrides/" + created.body().get("id")).body())
        .hasToString(version);
  }

  private static boolean isClosed(Answer decision) {
    return decision.body().get("path").toString().contains("business_hours:closed");
  }

  private interface Revocation {
    void revoke(long tokenId);
  }

  private void revokeAndAwait(Revocation revocation) {
    Answer issued = issued("admin");
    Calls first = new Calls(client, issued.body().get("token").asString());
    Calls other = new Calls(secondClient, issued.body().get("token").asString());
    for (int i = 0; i < 3; i++) { // fills both near caches
      assertThat(first.get(ORGANIZATIONS).status()).isEqualTo(HttpStatus.OK);
      assertThat(other.get(ORGANIZATIONS).status()).isEqualTo(HttpStatus.OK);
    }

    revocation.revoke(issued.body().get("id").longValue());

    long revoked = System.nanoTime();
    awaitRefusal(revoked, other, new Calls(secondClient, TestTokens.OPS));
    awaitRefusal(revoked, first, new Calls(client, TestTokens.OPS));
  }

  private static void awaitRefusal(long revoked, Calls calls, Calls ops) {
    Duration bound = Duration.ofSeconds(3); // two of them for a near cache
    Staleness.awaitEnd(
        revoked,
        bound,
        ops,
        () -> calls.get(ORGANIZATIONS).status(),
        HttpStatusCode::is2xxSuccessful,
        HttpStatus.UNAUTHORIZED::equals);
  }

  private Answer issued(String role) {
    return admin.send(
        HttpMethod.POST,
        "{\"name\":\"Test\",\"role\":\"%s\",\"organization_id\":%d}".formatted(role, org),
        "/api/v1/tokens");
  }

  private String issue(String role) {
    return issued(role).body().get("token").asString();
  }

  private static ConfigurableApplicationContext start() {
    BackingServers servers = BackingServers.shared();
    return new SpringApplicationBuilder(VoiceRoutingApplication.class)
        .run(
            TestTimeouts.with(
                "--server.port=0",
                "--spring.datasource.url=" + servers.jdbcUrl(),
                "--spring.datasource.username=" + ROLE,
                "--spring.datasource.password=" + servers.databasePassword(),
                "--DB_MIGRATION_USERNAME=" + servers.databaseUsername(),
                "--DB_MIGRATION_PASSWORD=" + servers.databasePassword(),
                "--spring.data.redis.host=" + servers.redisHost(),
                "--spring.data.redis.port=" + servers.redisPort(),
                "--spring.data.redis.username=" + REDIS_USER,
                "--spring.data.redis.password=" + REDIS_PASSWORD,
                "--routing.security.platform-token=" + TestTokens.PLATFORM,
                "--routing.security.admin-token=" + TestTokens.ADMIN,
                "--routing.security.ops-token=" + TestTokens.OPS));
  }

  private static void run(String statement) {
    try {
      execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(String statement) throws SQLException {
    executeAs(BackingServers.shared().databaseUsername(), statement);
  }

  private static void executeAs(String role, String statement) throws SQLException {
    BackingServers servers = BackingServers.shared();
    try (Connection connection =
            DriverManager.getConnection(servers.jdbcUrl(), role, servers.databasePassword());
        Statement execution = connection.createStatement()) {
      execution.execute(statement);
    }
  }

  /** Creates the user of the file in {@code ops}. */
  private static void createRedisUser() throws IOException {
    CommandArgs<String, String> arguments =
        new CommandArgs<>(StringCodec.UTF8).add("SETUSER").add(REDIS_USER);
    Stream.of(Files.readString(Path.of("ops/redis-least-rights.acl")).strip().split(" "))
        .skip(2) // user, name
        .map(argument -> argument.replace("PASSWORD", REDIS_PASSWORD))
        .forEach(arguments::add);
    String created =
        redis(
            commands ->
                commands.dispatch(
                    CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), arguments));
    assertThat(created).isEqualTo("OK");
  }

  /** Runs commands of the default user, who has all permissions. */
  private static <T> T redis(Function<RedisCommands<String, String>, T> commands) {
    BackingServers servers = BackingServers.shared();
    try (RedisClient redis =
            RedisClient.create(
                RedisURI.create("redis://" + servers.redisHost() + ":" + servers.redisPort()));
        StatefulRedisConnection<String, String> connection = redis.connect()) {
      return commands.apply(connection.sync());
    }
  }
}
