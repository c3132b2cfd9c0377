package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.TestTokens;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Starts while one of the servers is away. */
@ExtendWith(OutputCaptureExtension.class)
class StartupTest {

  private static final int NOBODY = 1; // a port on which nobody listens

  @Test
  void withoutPostgresItFailsAndSaysSoInOneLine(CapturedOutput output) {
    assertThatThrownBy(
        () -> start("jdbc:postgresql://localhost:" + NOBODY + "/voice_routing", redisPort()));

    assertThat(output.getOut() + output.getErr())
        .contains("PostgreSQL cannot be asked: Connection to localhost:1 refused.")
        .doesNotContain("\tat ");
  }

  @Test
  void onAStandbyItFailsAndSaysSo(CapturedOutput output) {
    try (PostgresInstance postgres = BackingServers.startPostgres()) {
      postgres.restart(true);

      assertThatThrownBy(() -> start(postgres.jdbcUrl(), redisPort()));
    }
    assertThat(output.getOut() + output.getErr())
        .contains(
            "PostgreSQL cannot be asked:"
                + " Could not find a server with specified targetServerType: primary")
        .doesNotContain("\tat ");
  }

  @Test
  void withoutRedisItStartsAndIsReady() {
    try (ConfigurableApplicationContext context =
        start(BackingServers.shared().jdbcUrl(), NOBODY)) {
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
          routing.cache.extension.ttl=0s       | Expected: a duration from 1s to 720h
          routing.cache.resources.mailbox.ttl=1m | with one of these names: business-hours, extension, organization
          routing.cache.near.max-size=1KB      | routing.cache.near.max-size: '1024B' (expected: 1MB or more)
          spring.data.redis.lettuce.read-from=replica | Replicas may lag behind acknowledged changes
          spring.data.redis.cluster.nodes=localhost:1 | Redis Cluster is not supported
          spring.data.redis.sentinel.nodes=localhost:1 | The name of the master is missing
          spring.data.redis.sentinel.master=routing    | The addresses of sentinels are missing
          routing.cache.command-timeout=150ms  | command-timeout must be shorter than half of lookup-budget
          """)
  void withASettingThatMakesNoSenseItFailsAndSaysWhich(
      String setting, String message, CapturedOutput output) {
    assertThatThrownBy(() -> start(BackingServers.shared().jdbcUrl(), redisPort(), "--" + setting));

    assertThat(output.getOut() + output.getErr())
        .contains("APPLICATION FAILED TO START")
        .contains(message)
        .doesNotContain("\tat ");
  }

  private static Calls calls(ConfigurableApplicationContext context) {
    String port = context.getEnvironment().getProperty("local.server.port");
    return new Calls(
        RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build(), TestTokens.OPS);
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

  private static String[] arguments(String[] more, String... common) {
    return Stream.concat(Stream.of(common), Stream.of(more)).toArray(String[]::new);
  }
}
