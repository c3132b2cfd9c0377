package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.TestTokens;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Starts while one of the servers is unavailable. */
@Isolated("captures the output")
@ExtendWith(OutputCaptureExtension.class)
class StartupTest {

  private static final int UNUSED_PORT = 1; // a port on which nobody listens

  @Test
  void startWithoutPostgresFailsWithOneLine(CapturedOutput output) {
    assertThatThrownBy(
        () -> start("jdbc:postgresql://localhost:" + UNUSED_PORT + "/voice_routing", redisPort()));

    assertThat(output.getOut() + output.getErr())
        .contains("PostgreSQL cannot be used: Connection to localhost:1 refused.")
        .doesNotContain("\tat ");
  }

  @Test
  void startOnAStandbyFailsWithOneLine(CapturedOutput output) {
    try (PostgresInstance postgres = BackingServers.startPostgres()) {
      postgres.restart(true);

      assertThatThrownBy(() -> start(postgres.jdbcUrl(), redisPort()));
    }
    assertThat(output.getOut() + output.getErr())
        .contains(
            "PostgreSQL cannot be used:"
                + " Could not find a server with specified targetServerType: primary")
        .doesNotContain("\tat ");
  }

  @Test
  void migrationsConnectAsThePoolDoes(CapturedOutput output) {
    assertThatThrownBy(
        () ->
            start(
                BackingServers.shared().jdbcUrl(),
                redisPort(),
                "--spring.datasource.hikari.data-source-properties.sslmode=require"));

    assertThat(output.getOut() + output.getErr())
        .contains("PostgreSQL cannot be used: The server does not support SSL.")
        .doesNotContain("\tat ");
  }

  @Test
  void schemaWithForeignTablesIsRefused(CapturedOutput output) throws SQLException {
    execute("create schema occupied", "create table occupied.invoices (id bigint)");

    assertThatThrownBy(() -> startInSchema("occupied"));

    assertThat(output.getOut() + output.getErr())
        .contains("There are tables of another application in schema occupied of database")
        .doesNotContain("\tat ");
  }

  @Test
  void schemaWithoutCreatePrivilegeIsRefused(CapturedOutput output) throws SQLException {
    String role = BackingServers.shared().databaseUsername();
    execute("create schema forbidden", "revoke create on schema forbidden from " + role);

    assertThatThrownBy(() -> startInSchema("forbidden"));

    assertThat(output.getOut() + output.getErr())
        .contains("Role " + role + " may not create tables in schema forbidden of database")
        .doesNotContain("\tat ");
  }

  @Test
  void migrationsOfAnotherApplicationAreReportedWithOneLine(CapturedOutput output)
      throws SQLException {
    execute(
        "create schema others",
        """
        create table others.flyway_schema_history (installed_rank int primary key,
          version varchar(50), description varchar(200), type varchar(20), script varchar(1000),
          checksum int, installed_by varchar(100), installed_on timestamp default now(),
          execution_time int, success boolean)
        """,
        """
        insert into others.flyway_schema_history
        values (1, '1', 'invoices', 'SQL', 'V1__invoices.sql', 7, 'someone', now(), 1, true)
        """);

    assertThatThrownBy(() -> startInSchema("others"));

    assertThat(output.getOut() + output.getErr())
        .contains("The tables in PostgreSQL cannot be used: Validate failed")
        .doesNotContain("\tat ");
  }

  @Test
  void tablesThatSomebodyChangedAreReportedWithOneLine(CapturedOutput output) throws SQLException {
    startInSchema("changed").close();
    execute("alter table changed.extensions drop column voicemail_enabled");

    assertThatThrownBy(() -> startInSchema("changed"));

    assertThat(output.getOut() + output.getErr())
        .contains("The tables in PostgreSQL cannot be used: Schema validation: missing column")
        .doesNotContain("\tat ");
  }

  @Test
  void portInUseIsReportedWithOneLine(CapturedOutput output) throws IOException {
    try (ServerSocket other = new ServerSocket(0)) {
      assertThatThrownBy(
          () ->
              start(
                  BackingServers.shared().jdbcUrl(),
                  redisPort(),
                  "--server.port=" + other.getLocalPort()));

      assertThat(output.getOut() + output.getErr())
          .contains("Port " + other.getLocalPort() + " was already in use")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void missingDirectoryOfSecretsIsReportedWithOneLine(CapturedOutput output) {
    assertThatThrownBy(
        () ->
            start(
                BackingServers.shared().jdbcUrl(),
                redisPort(),
                "--spring.config.import=configtree:/nowhere/"));

    assertThat(output.getOut() + output.getErr())
        .contains("Config data resource 'config tree [/nowhere]'")
        .contains("does not exist")
        .doesNotContain("\tat ");
  }

  @Test
  void everyConnectionUsesTheConfiguredSchema() throws SQLException {
    try (ConfigurableApplicationContext context = startInSchema("separate")) {
      Calls ops = calls(context);

      awaitTrust(ops);
      assertThat(tablesOf("separate")).contains("extensions", "routing_cache_reign");
    }
  }

  @Test
  void invalidTokenIsReportedBeforeMigration(CapturedOutput output) throws SQLException {
    assertThatThrownBy(
        () -> startInSchema("untouched", "--routing.security.admin-token=with a space"));

    assertThat(output.getOut() + output.getErr()).contains("ROUTING_ADMIN_TOKEN (expected");
    assertThat(tablesOf("untouched")).isEmpty();
  }

  @Test
  void behindAProxyTheApiPageNamesTheProxysAddress() {
    try (ConfigurableApplicationContext context =
        start(
            BackingServers.shared().jdbcUrl(),
            redisPort(),
            "--server.forward-headers-strategy=framework")) {
      client(context)
          .get()
          .uri("/v3/api-docs")
          .header("X-Forwarded-Proto", "https")
          .header("X-Forwarded-Host", "calls.example")
          .exchange()
          .expectBody()
          .jsonPath("$.servers[0].url")
          .isEqualTo("https://calls.example");
    }
  }

  @Test
  void startWithoutRedisIsReady() {
    try (ConfigurableApplicationContext context =
        start(BackingServers.shared().jdbcUrl(), UNUSED_PORT)) {
      Calls ops = calls(context);

      assertThat(ops.get("/actuator/health/readiness").status()).isEqualTo(HttpStatus.OK);
      assertThat(ops.get("/actuator/routing-cache").body().at("/redis/state").stringValue())
          .isEqualTo("unavailable");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          routing.cache.extension.ttl=0s       | Expected: a duration from 1s to 30d
          routing.cache.resources.mailbox.ttl=1m | with one of these names: business-hours, extension, organization
          routing.cache.near.max-size=1KB      | routing.cache.near.max-size: '1024B' (expected: 1MB or more)
          spring.data.redis.lettuce.read-from=replica | Replicas may lag behind acknowledged changes
          spring.data.redis.sentinel.nodes=localhost:1 | The name of the master is missing
          spring.data.redis.sentinel.master=routing    | The addresses of sentinels are missing
          spring.datasource.hikari.maximum-pool-size=8 | expected at most spring.datasource.hikari.maximum-pool-size, 8
          routing.tzdb=README.md               | Expected: a file like lib/tzdb.dat of a JDK
          server.ssl.bundle=unknown            | TLS cannot be used: SSL bundle name 'unknown' cannot be found
          spring.ssl.bundle.pem.web.keystore.certificate=file:missing.pem | TLS cannot be used: Unable to create key store
          routing.cache.lookup-budget=2001ms   | routing.cache.lookup-budget
          routing.cache.command-timeout=150ms  | command-timeout must be shorter than half of lookup-budget
          """)
  void startWithAnInvalidSettingNamesIt(String setting, String message, CapturedOutput output) {
    assertThatThrownBy(() -> start(BackingServers.shared().jdbcUrl(), redisPort(), "--" + setting));

    assertThat(output.getOut() + output.getErr())
        .contains("APPLICATION FAILED TO START")
        .contains(message)
        .doesNotContain("\tat ");
  }

  @Test
  void clusterWithAnotherDatabaseIsRefused(CapturedOutput output) {
    assertThatThrownBy(
        () ->
            start(
                BackingServers.shared().jdbcUrl(),
                UNUSED_PORT,
                "--REDIS_CLUSTER_NODES=localhost:" + UNUSED_PORT,
                "--REDIS_CACHE_DB=1"));

    assertThat(output.getOut() + output.getErr())
        .contains("Redis Cluster has database 0 only")
        .doesNotContain("\tat ");
  }

  @Test
  void clusterThatCannotBeFoundIsReportedWithItsCause(CapturedOutput output) {
    try (ConfigurableApplicationContext context =
        start(
            BackingServers.shared().jdbcUrl(),
            UNUSED_PORT,
            "--REDIS_CLUSTER_NODES=localhost:" + UNUSED_PORT)) {
      assertThat(output.getOut().lines())
          .filteredOn(line -> line.contains("Connection refused")) // others have other causes
          .filteredOn(line -> line.contains("Cache unavailable, falling back to database"))
          .hasSize(1);
      assertThat(causeOfRedis(context)).contains("Connection refused");
    }
  }

  @Test
  void redisWithoutResp3IsReportedWithItsCause() {
    try (RedisInstance redis = BackingServers.startRedis("rename-command HELLO \"\"");
        ConfigurableApplicationContext context =
            start(BackingServers.shared().jdbcUrl(), redis.port())) {
      assertThat(causeOfRedis(context)).contains("unknown command 'HELLO'");
    }
  }

  private static String causeOfRedis(ConfigurableApplicationContext context) {
    return calls(context)
        .get("/actuator/health")
        .body()
        .at("/components/redis/details/cause")
        .stringValue("");
  }

  @Test
  void redisPasswordNullMeansNoPassword() {
    try (ConfigurableApplicationContext context =
        start(
            BackingServers.shared().jdbcUrl(), redisPort(), "--spring.data.redis.password=null")) {
      awaitTrust(calls(context));
    }
  }

  /** Redis accepts any password of a user that needs none. */
  @Test
  void redisPasswordThatIsNotRequiredIsAccepted(CapturedOutput output) {
    try (ConfigurableApplicationContext context =
        start(BackingServers.shared().jdbcUrl(), redisPort(), "--REDIS_PASSWORD=superfluous")) {
      awaitTrust(calls(context));
    }

    assertThat(output.getOut() + output.getErr()).doesNotContain("failed unexpectedly");
  }

  @Test
  void redisUserThatDoesNotExistIsTheCause(CapturedOutput output) {
    try (ConfigurableApplicationContext context =
        start(
            BackingServers.shared().jdbcUrl(),
            redisPort(),
            "--REDIS_USERNAME=nobody",
            "--REDIS_PASSWORD=wrong")) {
      await().until(() -> causeOfRedis(context).contains("WRONGPASS"));
    }

    assertThat(output.getOut() + output.getErr())
        .contains("Cache unavailable, falling back to database")
        .doesNotContain("failed unexpectedly");
  }

  private static void awaitTrust(Calls ops) {
    await()
        .until(
            () ->
                "trusted"
                    .equals(
                        ops.get("/actuator/routing-cache")
                            .body()
                            .at("/redis/state")
                            .stringValue()));
  }

  private static ConfigurableApplicationContext startInSchema(String schema, String... more) {
    String[] settings = arguments(more, "--spring.datasource.hikari.schema=" + schema);
    return start(BackingServers.shared().jdbcUrl(), redisPort(), settings);
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> tablesOf(String schema) throws SQLException {
    try (Connection connection = connect();
        ResultSet tables = connection.getMetaData().getTables(null, schema, "%", null)) {
      List<String> names = new ArrayList<>();
      while (tables.next()) {
        names.add(tables.getString("TABLE_NAME"));
      }
      return names;
    }
  }

  private static Connection connect() throws SQLException {
    BackingServers servers = BackingServers.shared();
    return DriverManager.getConnection(
        servers.jdbcUrl(), servers.databaseUsername(), servers.databasePassword());
  }

  private static Calls calls(ConfigurableApplicationContext context) {
    return new Calls(client(context), TestTokens.OPS);
  }

  private static RestTestClient client(ConfigurableApplicationContext context) {
    String port = context.getEnvironment().getProperty("local.server.port");
    return RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
  }

  private static int redisPort() {
    return BackingServers.shared().redisPort();
  }

  private static ConfigurableApplicationContext start(
      String jdbcUrl, int redisPort, String... more) {
    BackingServers servers = BackingServers.shared();
    return new SpringApplicationBuilder(VoiceRoutingApplication.class)
        .run(
            arguments(
                more,
                "--server.port=0",
                "--spring.datasource.url=" + jdbcUrl,
                "--spring.datasource.username=" + servers.databaseUsername(),
                "--spring.datasource.password=" + servers.databasePassword(),
                "--spring.data.redis.host=" + servers.redisHost(),
                "--spring.data.redis.port=" + redisPort,
                "--routing.security.platform-token=" + TestTokens.PLATFORM,
                "--routing.security.admin-token=" + TestTokens.ADMIN,
                "--routing.security.ops-token=" + TestTokens.OPS));
  }

  /** A setting of {@code more} replaces the common one. */
  private static String[] arguments(String[] more, String... common) {
    Stream<String> unchanged =
        Stream.of(common)
            .filter(
                setting ->
                    Stream.of(more)
                        .noneMatch(other -> other.startsWith(setting.replaceFirst("=.*", "="))));
    return Stream.concat(unchanged, Stream.of(more)).toArray(String[]::new);
  }
}
