package io.voicerouting.routing.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * A lookup after the answer to a write through the API sees the write. Each test is repeated,
 * because the relay may evict at the same time and hide a missing eviction.
 */
@IntegrationTest
class AcknowledgedWritesHttpTest {

  private static final String EXTENSION = "/api/v1/organizations/{org}/routing/extensions/{number}";
  private static final String SCHEDULE = "/api/v1/organizations/{org}/routing/business-hours";
  private static final String EXTENSIONS = "/api/v1/organizations/{org}/extensions";
  private static final String SCHEDULES = "/api/v1/organizations/{org}/business-hours";
  private static final String SCHEDULE_BY_ID = SCHEDULES + "/{id}";

  @Autowired private RestTestClient client;

  private Calls platform;
  private Calls admin;
  private long org;

  @BeforeEach
  void setUp() {
    platform = new Calls(client, TestTokens.PLATFORM);
    admin = new Calls(client, TestTokens.ADMIN);
    org =
        created(
            admin.send(
                HttpMethod.POST,
                "{\"name\":\"Test\",\"timezone\":\"America/New_York\"}",
                "/api/v1/organizations"));
  }

  @Test
  void changedScheduleIsVisibleImmediately() {
    long id = schedule("17:00");

    for (String end : List.of("18:00", "19:00", "20:00", "21:00")) {
      lookUpTwice(SCHEDULE, org);
      Answer changed = admin.send(HttpMethod.PUT, hours(end), SCHEDULE_BY_ID, org, id);

      assertThat(changed.status()).isEqualTo(HttpStatus.OK);
      assertThat(
              platform
                  .get(SCHEDULE, org)
                  .body()
                  .at("/schedule/monday/time_ranges/0/end_time")
                  .asString())
          .isEqualTo(end);
    }
  }

  @Test
  void createdAndDeletedScheduleIsVisibleImmediately() {
    for (int attempt = 0; attempt < 4; attempt++) {
      lookUpTwice(SCHEDULE, org); // the negative entry is cached, too
      long id = schedule("17:00");
      assertThat(platform.get(SCHEDULE, org).status()).isEqualTo(HttpStatus.OK);

      lookUpTwice(SCHEDULE, org);
      Answer deleted = admin.delete(SCHEDULE_BY_ID, org, id);
      assertThat(deleted.status()).isEqualTo(HttpStatus.NO_CONTENT);
      assertThat(platform.get(SCHEDULE, org).status()).isEqualTo(HttpStatus.NOT_FOUND);
    }
  }

  @Test
  void createdExtensionReplacesItsNegativeEntryImmediately() {
    for (String number : List.of("1001", "1002", "1003", "1004")) {
      lookUpTwice(EXTENSION, org, number);
      created(
          admin.send(
              HttpMethod.POST,
              "{\"extension_number\":\"" + number + "\",\"type\":\"user\"}",
              EXTENSIONS,
              org));

      assertThat(platform.get(EXTENSION, org, number).status()).isEqualTo(HttpStatus.OK);
    }
  }

  /** Fills Redis, and from Redis the near cache. */
  private void lookUpTwice(String uri, Object... variables) {
    platform.get(uri, variables);
    platform.get(uri, variables);
  }

  private long schedule(String end) {
    return created(admin.send(HttpMethod.POST, hours(end), SCHEDULES, org));
  }

  private static String hours(String end) {
    return """
        {"name":"Office","open_hours_action":{"type":"extension","target":"1001"},
         "closed_hours_action":{"type":"voicemail","target":"main"},
         "schedule":{"monday":{"enabled":true,
           "time_ranges":[{"start_time":"09:00","end_time":"%s"}]}}}"""
        .formatted(end);
  }

  private static long created(Answer answer) {
    assertThat(answer.status()).isEqualTo(HttpStatus.CREATED);
    return Objects.requireNonNull(answer.body().get("id")).longValue();
  }
}
