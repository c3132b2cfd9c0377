package io.voicerouting.routing.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** Names of time zones, written by the API and by SQL. */
@IntegrationTest
class TimeZoneHttpTest {

  private static final String ORGANIZATIONS = "/api/v1/organizations";
  private static final String SCHEDULE =
      """
      {"name":"Office","timezone":%s,
       "open_hours_action":{"type":"ring_group","target":"day"},
       "closed_hours_action":{"type":"ring_group","target":"night"},
       "schedule":{"thursday":{"enabled":true,
         "time_ranges":[{"start_time":"09:00","end_time":"17:00"}]}}}""";

  @Autowired private RestTestClient client;
  @Autowired private JdbcClient jdbc;
  private Calls admin;
  private Calls platform;

  @BeforeEach
  void createCalls() {
    admin = new Calls(client, TestTokens.ADMIN);
    platform = new Calls(client, TestTokens.PLATFORM);
  }

  /** At 09:00 and 17:00 local time the answers change. */
  @ParameterizedTest
  @CsvSource({
    "EST, 14, -05:00",
    "MST, 16, -07:00",
    "HST, 19, -10:00",
    "ROC, 1, +08:00",
    "GMT+0, 9, Z",
    "US/Eastern, 14, -05:00",
  })
  void oldNamesAreAcceptedAndRouted(String zone, int opensAt, String offset) {
    String organization = create(zone);
    route(organization, zone, opensAt, offset);

    String ownZone = create("Asia/Tokyo");
    admin.send(HttpMethod.POST, SCHEDULE.formatted('"' + zone + '"'), ownZone + "/business-hours");
    route(ownZone, zone, opensAt, offset);
  }

  @ParameterizedTest
  @CsvSource({"EST, 14, -05:00", "ROC, 1, +08:00", "SystemV/EST5, 14, -05:00"})
  void rowsOfOtherApplicationsAreRouted(String zone, int opensAt, String offset) {
    long org =
        jdbc.sql("insert into organizations (name, timezone) values ('T', ?) returning id")
            .param(zone)
            .query(Long.class)
            .single();

    route(ORGANIZATIONS + "/" + org, zone, opensAt, offset);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SystemV/EST5", "PST", "UTC+5", "Mars/Phobos", ""})
  void otherNamesAreRefused(String zone) {
    Answer organization = send(ORGANIZATIONS, "{\"name\":\"T\",\"timezone\":\"" + zone + "\"}");
    Answer schedule = send(create("UTC") + "/business-hours", SCHEDULE.formatted('"' + zone + '"'));

    for (Answer answer : new Answer[] {organization, schedule}) {
      assertThat(answer.status().value()).isEqualTo(400);
      assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo("timezone");
      assertThat(answer.body().at("/errors/0/message").asString()).contains("/api/v1/time-zones");
    }
  }

  @Test
  void zonesAreListed() {
    Answer list = admin.get("/api/v1/time-zones");

    assertThat(list.status().value()).isEqualTo(200);
    assertThat(list.body().path("items"))
        .extracting(JsonNode::asString)
        .isSorted()
        .contains("Europe/Berlin", "EST", "HST", "MST", "ROC", "GMT+0", "US/Eastern", "UTC")
        .doesNotContain("PST", "SystemV/EST5");
    assertThat(list.headers().getETag()).isNotNull();
    assertThat(platform.get("/api/v1/time-zones").status().value()).isEqualTo(403);
  }

  private void route(String organization, String zone, int opensAt, String offset) {
    if (admin.get(organization + "/business-hours").body().path("total").asInt() == 0) {
      Answer created = send(organization + "/business-hours", SCHEDULE.formatted("null"));
      assertThat(created.status().value()).as(created.body().toString()).isEqualTo(201);
    }
    String opens = "2026-11-26T%02d:00:00Z".formatted(opensAt);
    String closed = "2026-11-26T%02d:59:59Z".formatted(opensAt - 1);
    String decision = organization + "/routing/decision?direction=inbound&at=";
    String status = organization + "/routing/business-hours/status?at=";

    Answer open = platform.get(decision + opens);
    assertThat(open.body().at("/action/ring_group_id").asString()).isEqualTo("day");
    assertThat(platform.get(decision + closed).body().at("/action/ring_group_id").asString())
        .isEqualTo("night");
    Answer answer = platform.get(status + opens);
    assertThat(answer.body().path("timezone").asString()).isEqualTo(zone);
    assertThat(answer.body().path("local_time").asString())
        .isEqualTo("2026-11-26T09:00:00" + offset);
  }

  private String create(String zone) {
    Answer created = send(ORGANIZATIONS, "{\"name\":\"T\",\"timezone\":\"" + zone + "\"}");
    assertThat(created.status().value()).as(created.body().toString()).isEqualTo(201);
    return String.valueOf(created.headers().getLocation());
  }

  private Answer send(String uri, String json) {
    return admin.send(HttpMethod.POST, json, uri);
  }
}
