package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
  void withoutRedisItStartsAndIsReady() {
    try (ConfigurableApplicationContext context =
        start(BackingServers.shared().jdbcUrl(), NOBODY)) {
      String port = context.getEnvironment().getProperty("local.server.port");
      RestTestClient client =
          RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
      Calls ops = new Calls(client, TestTokens.OPS);

      assertThat(ops.get("/actuator/health/readiness").status()).isEqualTo(HttpStatus.OK);
      assertThat(ops.get("/actuator/routing-cache").body().at("/redis/state").stringValue())
          .isEqualTo("unavailable");
    }
  }

  private static int redisPort() {
    return BackingServers.shared().redisPort();
  }

  private static ConfigurableApplicationContext start(String jdbcUrl, int redisPort) {
    BackingServers servers = BackingServers.shared();
    return new SpringApplicationBuilder(VoiceRoutingApplication.class)
        .run(
            "--server.port=0",
            "--spring.datasource.url=" + jdbcUrl,
            "--spring.datasource.username=" + servers.databaseUsername(),
            "--spring.datasource.password=" + servers.databasePassword(),
            "--spring.data.redis.host=" + servers.redisHost(),
            "--spring.data.redis.port=" + redisPort,
            "--routing.security.platform-token=" + TestTokens.PLATFORM,
            "--routing.security.admin-token=" + TestTokens.ADMIN,
            "--routing.security.ops-token=" + TestTokens.OPS);
  }
}
