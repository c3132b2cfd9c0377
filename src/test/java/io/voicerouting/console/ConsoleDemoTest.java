package io.voicerouting.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.VoiceRoutingApplication;
import io.voicerouting.development.DevelopmentRun;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.TestTimeouts;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The three questions of docs/console/README.md, with the demo data and as few clicks as it says.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ConsoleDemoTest {

  private static PostgresInstance postgres;
  private static RedisInstance redis;
  private static ConfigurableApplicationContext service;
  private static Browser browser;

  @BeforeAll
  static void start() {
    postgres = BackingServers.startPostgres();
    redis = BackingServers.startRedis();
    service =
        new SpringApplicationBuilder(VoiceRoutingApplication.class, DevelopmentRun.class)
            .profiles("development")
            .run(
                TestTimeouts.with(
                    "--server.port=0",
                    "--spring.datasource.url=" + postgres.jdbcUrl(),
                    "--spring.datasource.username=" + postgres.username(),
                    "--spring.datasource.password=" + postgres.password(),
                    "--spring.data.redis.port=" + redis.port()));
    browser =
        Browser.start(
            "http://localhost:" + service.getEnvironment().getProperty("local.server.port"));
    browser.load("");
    browser.enter("dev-ops-token");
    browser.see("live instance");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    service.close();
    redis.close();
    postgres.close();
  }

  @AfterEach
  void assertQuiet() {
    browser.assertQuiet();
  }

  @Test
  void whyACallAtChristmasGoesToVoicemail() {
    browser.press("Why this call");
    browser.fill("input[name=to]", "+12125550100");
    browser.choose("select[name=when]", "schedule");
    browser.fill("input[name=time]", "2026-12-25T10:00");
    browser.press("Explain");

    browser.see(
        "The call to +12125550100 on Fri 25 Dec 2026, 10:00 (New York) goes to voicemail acme-main"
            + " because the hours are closed: exception “Christmas Day” closes Fri 25 Dec 2026.");
  }

  @Test
  void whenTheLunchRangeEnds() {
    browser.press("Week");
    browser.choose("select[name=org]", "2");
    browser.click(".segment.own");

    assertThat(browser.textOf(".chosen"))
        .containsPattern("20\\d\\d, 12:00–13:00 Berlin: open \\(1 h\\)")
        .contains("Calls: outside to +494066969120.");
  }

  @Test
  void whichStatementEvictedAKey() {
    browser.press("Evictions");
    browser.fill("input[name=key]", "routing:extension:1:1001");
    browser.press("Show evictions");

    browser.see("SQL statement on rows of table extensions (insert)");
    assertThat(browser.textOf(".statement")).startsWith("insert into extensions (");
  }
}
