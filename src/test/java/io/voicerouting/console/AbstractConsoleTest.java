package io.voicerouting.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

/** The service, and a browser that shows its console. */
@IntegrationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES) // axe has much to compute
abstract class AbstractConsoleTest {

  @Autowired RestTestClient client;
  @Autowired JdbcClient jdbc;
  @Autowired MeterRegistry meters;
  @LocalServerPort int port;

  Calls admin;
  Calls ops;
  Browser browser;

  @BeforeAll
  void startBrowser() {
    browser = Browser.start("http://localhost:" + port);
    admin = new Calls(client, TestTokens.ADMIN);
    ops = new Calls(client, TestTokens.OPS);
  }

  /** Lunch has an action of its own; the night from Friday runs into Saturday. */
  static String officeHours(String name, String mailbox) {
    String day =
        """
        {"enabled":true,"time_ranges":[{"start_time":"09:00","end_time":"12:00"},
         {"start_time":"12:00","end_time":"13:00","action":{"type":"external","target":"+12125550199"}},
         {"start_time":"13:00","end_time":"17:00"}%s]}""";
    String usual = day.formatted("");
    return """
    {"name":%s,"timezone":"America/New_York",
     "open_hours_action":{"type":"extension","target":"1001"},
     "closed_hours_action":{"type":"voicemail","target":%s},
     "schedule":{"monday":%s,"tuesday":%s,"wednesday":%s,"thursday":%s,"friday":%s},
     "exceptions":[{"date":"2026-12-24","name":"Christmas Eve","type":"special_hours",
       "time_ranges":[{"start_time":"09:00","end_time":"13:00"}]},
      {"date":"2026-12-25","recurrence":"yearly","name":"Christmas Day","type":"closed"}]}
    """
        .formatted(
            quoted(name),
            quoted(mailbox),
            usual,
            usual,
            usual,
            usual,
            day.formatted(",{\"start_time\":\"22:00\",\"end_time\":\"02:00\"}"));
  }

  static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }

  static String within(long organization, String path) {
    return "/api/v1/organizations/" + organization + "/" + path;
  }

  long organization(String name) {
    return created(
        "/api/v1/organizations",
        "{\"name\":%s,\"timezone\":\"America/New_York\"}".formatted(quoted(name)));
  }

  long created(String path, String body) {
    Answer answer = admin.send(HttpMethod.POST, body, path);
    assertThat(answer.status().value()).as(answer.body().toString()).isEqualTo(201);
    return answer.body().path("id").longValue();
  }

  /** How many keys warming an organization looks up. */
  int keysToWarm(long organization) {
    return ops.get("/api/v1/console/organizations/{org}/warming", organization)
        .body()
        .path("keys")
        .intValue();
  }

  /** How many entries an organization has. */
  long total(long organization) {
    return ops.get("/actuator/routing-cache/{org}", organization).body().path("total").longValue();
  }

  @BeforeEach
  void reset() {
    browser.resize(1280);
    browser.setOffline(false);
    browser.preferColours("light");
  }

  @AfterEach
  void assertQuiet() {
    browser.assertQuiet();
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  /** Opens a page and enters the token of operations. */
  final void open(String hash) {
    browser.load(hash);
    browser.enter(TestTokens.OPS);
    browser.seeNo("Enter the token");
  }

  /** Presses Tab until something with this text or label has the focus. */
  final void tabTo(String name) {
    for (int presses = 0; presses < 60; presses++) {
      browser.type(Keys.TAB);
      if (browser.focused().equals(name)) {
        return;
      }
    }
    throw new AssertionError("Tab does not reach " + name);
  }
}
