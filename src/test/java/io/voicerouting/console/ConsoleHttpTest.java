package io.voicerouting.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.RelayPasses;
import io.voicerouting.testing.TestTokens;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the console asks, and what it is made of. */
@IntegrationTest
class ConsoleHttpTest {

  private static final String SCHEDULE =
      """
      {"name":"Office","timezone":"Europe/Berlin",
       "open_hours_action":{"type":"extension","target":"1001"},
       "closed_hours_action":{"type":"voicemail","target":"office"},
       "schedule":{"monday":{"enabled":true,"time_ranges":[{"start_time":"09:00","end_time":"17:00"}]}},
       "exceptions":[{"date":"2026-12-21","name":"Party","type":"closed"}]}
      """;

  @Autowired private RestTestClient client;
  @Autowired private JdbcClient jdbc;
  @Autowired private MeterRegistry meters;

  private Calls admin;
  private Calls ops;
  private long org;
  private long schedule;

  @BeforeEach
  void createSchedule() {
    admin = new Calls(client, TestTokens.ADMIN);
    ops = new Calls(client, TestTokens.OPS);
    org = created("/api/v1/organizations", "{\"name\":\"Test\",\"timezone\":\"America/New_York\"}");
    String organization = "/api/v1/organizations/" + org;
    schedule = created(organization + "/business-hours", SCHEDULE);
    created(
        organization + "/extensions",
        "{\"extension_number\":\"1001\",\"type\":\"user\",\"display_name\":\"Ada\"}");
  }

  private long created(String path, String body) {
    Answer answer = admin.send(HttpMethod.POST, body, path);
    assertThat(answer.status().value()).as(answer.body().toString()).isEqualTo(201);
    return answer.body().path("id").longValue();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/console/activity",
    "/api/v1/console/servers",
    "/api/v1/console/organizations",
    "/api/v1/console/organizations/1/warming",
    "/api/v1/console/explanation?to=%2B15550100",
  })
  void operationsAloneMayAsk(URI path) {
    assertThat(ops.get(path).status().value()).isEqualTo(200);
    assertThat(admin.get(path).status().value()).isEqualTo(403);
    assertThat(new Calls(client, TestTokens.PLATFORM).get(path).status().value()).isEqualTo(403);
    assertThat(client.get().uri(path).exchange().returnResult().getStatus().value()).isEqualTo(401);
  }

  @Test
  void filesAreOpenAndRunNothingElse() {
    for (String file :
        List.of("/console/", "/console/js/app.js", "/webjars/uplot/dist/uPlot.esm.js")) {
      client
          .get()
          .uri(file)
          .exchange()
          .expectStatus()
          .isOk()
          .expectHeader()
          .valueEquals("X-Content-Type-Options", "nosniff");
    }
    client
        .get()
        .uri("/console/")
        .exchange()
        .expectHeader()
        .valueEquals(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    client.get().uri("/console").exchange().expectStatus().is3xxRedirection();
    client.get().uri("/console/nothing.js").exchange().expectStatus().isNotFound();
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, cross-site, 403",
    "DELETE, same-origin, 200",
    "DELETE, none, 200",
    "DELETE, , 200",
    "GET, cross-site, 200",
  })
  void pagesOfOtherSitesChangeNothing(HttpMethod method, String site, int status) {
    RestTestClient.RequestHeadersSpec<?> request =
        client
            .method(method)
            .uri("/actuator/routing-cache/{org}", org)
            .header("Authorization", "Bearer " + TestTokens.OPS);
    if (site != null) {
      request.header("Sec-Fetch-Site", site);
    }

    assertThat(request.exchange().returnResult().getStatus().value()).isEqualTo(status);
  }

  @Test
  void decisionIsExplained() {
    RelayPasses.settle(meters);
    Instant before = Instant.now().minusSeconds(1);
    JsonNode explanation = explain("direction=inbound&local_time=2026-12-14T16:59");

    assertThat(explanation.at("/decision/action/extension").asString()).isEqualTo("1001");
    assertThat(explanation.at("/decision/evaluated_at").asString())
        .isEqualTo("2026-12-14T15:59:00Z");
    assertThat(explanation.path("local_time").asString()).isEqualTo("2026-12-14T16:59:00+01:00");
    assertThat(explanation.path("timezone").asString()).isEqualTo("Europe/Berlin");
    assertThat(explanation.at("/hours/next_change").asString())
        .isEqualTo("2026-12-14T17:00:00+01:00");
    assertThat(explanation.at("/hours/matched/end_time").asString()).isEqualTo("17:00");
    assertThat(explanation.at("/hours/week/from").asString()).isEqualTo("2026-12-14");
    assertThat(explanation.path("lookups"))
        .extracting(lookup -> lookup.path("key").asString())
        .containsExactly(
            "routing:organization:" + org,
            "routing:business_hours:" + org,
            "routing:extension:" + org + ":1001");
    assertThat(
            ops.get("/api/v1/console/entries?key=routing:extension:{org}:1001", org)
                .body()
                .path("same")
                .booleanValue())
        .isTrue();
    assertThat(explanation.path("lookups"))
        .allSatisfy(
            lookup -> {
              assertThat(lookup.path("same").booleanValue()).isTrue();
              assertThat(lookup.path("ttl_seconds").longValue()).isPositive();
              assertThat(Instant.parse(lookup.path("loaded_at").asString()))
                  .isBetween(before, Instant.now());
              assertThat(lookup.path("cache_status").asString()).startsWith("voice-routing; ");
            });
    assertThat(explanation.at("/database/same").booleanValue()).isTrue();
    assertThat(explain("direction=inbound&at=2026-12-21T10:00:00Z").at("/hours/matched/name"))
        .hasToString("\"Party\"");
  }

  /** The row is changed behind the triggers, as nobody should. */
  @Test
  void documentThatDiffersFromItsRowIsMarked() {
    RelayPasses.settle(meters);
    explain("to=1001");
    jdbc.sql("alter table extensions disable trigger user").update();
    try {
      jdbc.sql("update extensions set status = 'inactive' where organization_id = ?")
          .param(org)
          .update();
    } finally {
      jdbc.sql("alter table extensions enable trigger user").update();
    }

    JsonNode explanation = explain("to=1001");
    JsonNode entry =
        ops.get("/api/v1/console/entries?key=routing:extension:{org}:1001", org).body();

    assertThat(explanation.at("/decision/reason").asString()).isEqualTo("extension_active");
    assertThat(explanation.at("/database/decision/reason").asString())
        .isEqualTo("extension_inactive");
    assertThat(explanation.at("/database/same").booleanValue()).isFalse();
    assertThat(explanation.at("/lookups/1/same").booleanValue()).isFalse();
    assertThat(explanation.at("/lookups/1/database/status").asString()).isEqualTo("inactive");
    assertThat(entry.path("same").booleanValue()).isFalse();
    assertThat(entry.at("/value/status").asString()).isEqualTo("active");
    assertThat(entry.at("/database/status").asString()).isEqualTo("inactive");
  }

  @Test
  void editedScheduleDecidesAndIsNotSaved() {
    RelayPasses.settle(meters);
    explain("direction=inbound&at=2026-12-15T10:00:00Z");
    List<Map<String, @Nullable Object>> rows = rows();
    String entry = entry();

    Answer answer =
        ops.send(
            HttpMethod.POST,
            """
            {"organization_id":%d,"call":{"direction":"inbound","at":"2026-12-15T10:00:00Z"},
             "schedule":%s}"""
                .formatted(org, SCHEDULE.replace("monday", "tuesday")),
            "/api/v1/console/explanation/what-if");

    assertThat(answer.status().value()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.body().at("/decision/reason").asString()).isEqualTo("closed_hours_action");
    assertThat(answer.body().at("/what_if/decision/reason").asString())
        .isEqualTo("open_hours_action");
    assertThat(answer.body().at("/what_if/same").booleanValue()).isFalse();
    assertThat(answer.body().at("/what_if/hours/next_change").asString())
        .isEqualTo("2026-12-15T17:00:00+01:00");
    assertThat(rows()).isEqualTo(rows);
    assertThat(entry()).isEqualTo(entry);
    assertThat(explain("direction=inbound&at=2026-12-15T10:00:00Z").at("/decision/reason"))
        .hasToString("\"closed_hours_action\"");
  }

  @Test
  void editedScheduleIsValidated() {
    Answer answer =
        ops.send(
            HttpMethod.POST,
            """
            {"organization_id":%d,"call":{"direction":"inbound","at":"yesterday"},"schedule":%s}"""
                .formatted(org, SCHEDULE.replace("17:00", "09:00")),
            "/api/v1/console/explanation/what-if");

    assertThat(answer.status().value()).isEqualTo(400);
    assertThat(answer.body().path("errors"))
        .extracting(error -> error.path("field").asString())
        .contains("call.at", "schedule.schedule.monday.time_ranges[0].end_time");
  }

  @ParameterizedTest
  @CsvSource({
    "explanation?to=1001, organization_id",
    "explanation?direction=internal&organization_id=1, to",
    "explanation?to=%2B15550100&local_time=noon, local_time",
    "explanation?to=%2B15550100&at=noon, at",
    "entries?key=routing:nothing:1, key",
    "entries?key=routing:token:0:abc, key",
    "entries?key=x, key",
    "entries?key=routing:business_hours:1:x, key",
    "entries?key=routing:extension:1:1001%00, key",
    "entries?key=routing:extension:1:abc, key",
    "entries?key=routing:extension:1, key",
    "organizations/1/business-hours/week?from=tomorrow, from",
    "organizations/1/business-hours/week?from=9999-01-01, from",
  })
  void invalidQuestionsNameTheField(String question, String field) {
    Answer answer = ops.get(URI.create("/api/v1/console/" + question));

    assertThat(answer.status().value()).as(answer.body().toString()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo(field);
  }

  @Test
  void weekIsThatOfTheScheduleAndItsOverrides() {
    created(
        "/api/v1/organizations/" + org + "/overrides",
        """
        {"mode":"closed","starts_at":"2030-12-16T10:00:00Z","until":"2030-12-16T11:30:00Z"}""");

    JsonNode answer =
        ops.get("/api/v1/console/organizations/{org}/business-hours/week?from=2030-12-16", org)
            .body();

    assertThat(answer.path("schedule_id").longValue()).isEqualTo(schedule);
    assertThat(answer.at("/week/segments"))
        .filteredOn(segment -> segment.path("date").asString().equals("2030-12-16"))
        .extracting(
            segment ->
                segment.path("start_time").asString()
                    + " "
                    + segment.path("state").asString()
                    + " "
                    + segment.at("/override/mode").asString("-"))
        .containsExactly(
            "00:00 closed -",
            "09:00 open -",
            "11:00 closed closed",
            "12:30 open -",
            "17:00 closed -");
    assertThat(ops.get("/api/v1/console/organizations/{org}/schedules", org).body().at("/0/name"))
        .hasToString("\"Office\"");
    assertThat(
            ops.get("/api/v1/console/organizations/{org}/business-hours/week?schedule_id=1", org)
                .status()
                .value())
        .isEqualTo(404);
  }

  @Test
  void weekTellsWhichExceptionsAreHolidays() {
    jdbc.sql(
            """
            insert into business_hours_exceptions (business_hours_schedule_id, date, name, type, origin)
            values (:schedule, '2031-01-01', 'New Year', 'closed', 'imported'),
                   (:schedule, '2031-01-02', 'Recovery', 'closed', 'imported'),
                   (:schedule, '2031-01-02', 'Inventory', 'closed', 'typed'),
                   (:schedule, current_date, 'Today', 'closed', 'imported')
            """)
        .param("schedule", schedule)
        .update();
    RelayPasses.settle(meters);

    JsonNode answer =
        ops.get("/api/v1/console/organizations/{org}/business-hours/week?from=2030-12-30", org)
            .body();
    assertThat(answer.at("/week/holidays")).hasToString("[\"2031-01-01\"]"); // the other was typed
    assertThat(answer.path("holiday_now").booleanValue())
        .isEqualTo(answer.at("/now/matched/name").asString("").equals("Today"));
  }

  @Test
  void absentRowsAreExplained() {
    RelayPasses.settle(meters);
    JsonNode explanation = explain("to=4711");
    JsonNode entry =
        ops.get("/api/v1/console/entries?key=routing:extension:{org}:4711", org).body();

    assertThat(explanation.at("/decision/reason").asString()).isEqualTo("extension_not_found");
    assertThat(explanation.at("/lookups/1/value").isNull()).isTrue();
    assertThat(explanation.at("/lookups/1/same").booleanValue()).isTrue();
    assertThat(entry.path("cached").booleanValue()).isTrue();
    assertThat(entry.path("same").booleanValue()).isTrue();
    assertThat(entry.path("database").isNull()).isTrue();
    assertThat(entry.path("loaded_at").isNull()).isTrue(); // a negative entry does not tell
  }

  @Test
  void keysAreListedWithSizeAndTimeOfLoad() {
    RelayPasses.settle(meters);
    Instant before = Instant.now().minusSeconds(1);
    explain("to=1001");
    explain("to=4711");

    JsonNode items = ops.get("/actuator/routing-cache/{org}", org).body().path("items");

    assertThat(items)
        .extracting(item -> item.path("key").asString())
        .containsExactly(
            "routing:extension:" + org + ":1001",
            "routing:extension:" + org + ":4711",
            "routing:organization:" + org);
    for (JsonNode item : items) {
      JsonNode entry = ops.get("/api/v1/console/entries?key=" + item.path("key").asString()).body();
      assertThat(item.path("size_bytes").longValue())
          .isEqualTo(entry.path("size_bytes").longValue())
          .isPositive();
      assertThat(item.path("loaded_at")).isEqualTo(entry.path("loaded_at"));
    }
    assertThat(Instant.parse(items.get(0).path("loaded_at").asString()))
        .isBetween(before, Instant.now());
    assertThat(items.get(1).path("loaded_at").isNull()).isTrue();
  }

  @Test
  void warmingLooksUpWhatIsCountedBefore() {
    int keys =
        ops.get("/api/v1/console/organizations/{org}/warming", org).body().path("keys").intValue();

    RelayPasses.settle(meters);
    Answer warmed = ops.send(HttpMethod.POST, "{}", "/actuator/routing-cache/{org}", org);

    assertThat(keys).isGreaterThanOrEqualTo(2);
    assertThat(warmed.body().path("loaded").intValue()).isEqualTo(keys);
  }

  @Test
  void overrideThatDecidesIsShownWithItsRow() {
    long id =
        created(
            "/api/v1/organizations/" + org + "/overrides",
            """
            {"mode":"closed","note":"Fire <drill>","starts_at":"2030-12-16T10:00:00Z",
             "until":"2030-12-16T11:30:00Z"}""");
    created(
        "/api/v1/organizations/" + org + "/overrides",
        "{\"mode\":\"closed\",\"starts_at\":\"2031-12-16T10:00:00Z\",\"until\":\"cleared\"}");

    JsonNode week =
        ops.get("/api/v1/console/organizations/{org}/business-hours/week?from=2030-12-16", org)
            .body();
    JsonNode explanation = explain("direction=inbound&at=2030-12-16T11:00:00Z");

    assertThat(explanation.at("/decision/business_hours/override/id").longValue()).isEqualTo(id);
    for (JsonNode overrides : List.of(week.path("overrides"), explanation.path("overrides"))) {
      assertThat(overrides).hasSize(1);
      JsonNode override = overrides.get(0);
      assertThat(override.path("id").longValue()).isEqualTo(id);
      assertThat(override.path("note").asString()).isEqualTo("Fire <drill>");
      assertThat(override.path("created_by").asString()).isEqualTo("settings:admin");
      assertThat(override.path("created_via").asString()).isEqualTo("api");
      assertThat(override.path("scope").asString()).isEqualTo("organization");
      assertThat(override.path("starts_at").asString()).isEqualTo("2030-12-16T11:00:00+01:00");
      assertThat(override.path("ends_at").asString()).isEqualTo("2030-12-16T12:30:00+01:00");
      assertThat(override.path("cleared_at").isNull()).isTrue();
    }
    assertThat(explain("direction=inbound&at=2032-01-01T11:00:00Z").at("/overrides/0/ends_at"))
        .hasToString("null");
  }

  @Test
  void activityCountsRequestsOfPlatforms() {
    Calls platform = new Calls(client, TestTokens.PLATFORM);
    long before = requests();

    platform.get("/api/v1/organizations/{org}/routing/decision?to=1001", org);
    platform.get("/api/v1/organizations/{org}/routing/decision?to=1001", org);

    JsonNode activity = ops.get("/api/v1/console/activity").body();
    await().until(() -> requests() >= before + 2); // counted shortly after the answer
    assertThat(activity.path("buckets"))
        .extracting(bucket -> bucket.path("milliseconds").doubleValue())
        .containsExactly(1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 300.0);
    assertThat(activity.at("/cache/redis/state").asString()).isEqualTo("trusted");
    assertThat(activity.at("/cache/resources/extension/hits").longValue()).isPositive();
  }

  @Test
  void serversAreListedWithTheirSettings() {
    JsonNode servers = ops.get("/api/v1/console/servers").body();
    String primary = ops.get("/actuator/routing-cache").body().at("/redis/server").asString();

    assertThat(servers.at("/redis/mode").asString()).isEqualTo("standalone");
    assertThat(servers.at("/redis/servers/0").asString()).isEqualTo(primary).contains(":");
    assertThat(servers.path("settings"))
        .anySatisfy(
            setting -> {
              assertThat(setting.path("name").asString()).isEqualTo("routing.cache.pass-interval");
              assertThat(setting.path("value").asString()).isEqualTo("100ms");
            });
  }

  private long requests() {
    return ops.get("/api/v1/console/activity").body().path("requests").longValue();
  }

  private JsonNode explain(String query) {
    Answer answer =
        ops.get(URI.create("/api/v1/console/explanation?organization_id=" + org + "&" + query));
    assertThat(answer.status().value()).as(answer.body().toString()).isEqualTo(200);
    return answer.body();
  }

  /** Every row of the organization, and how many rows the outbox and the audit log have for it. */
  private List<Map<String, @Nullable Object>> rows() {
    return jdbc.sql(
            """
            select s.*, s.xmin::text as transaction, d.xmin::text as day, r.xmin::text as range,
              (select count(*) from routing_cache_eviction where organization_id = :org) as evictions,
              (select count(*) from audit_log where organization_id = :org) as changes
            from business_hours_schedules s
            left join business_hours_schedule_days d on d.business_hours_schedule_id = s.id
            left join business_hours_time_ranges r on r.business_hours_schedule_day_id = d.id
            where s.organization_id = :org order by s.id, d.id, r.id
            """)
        .param("org", org)
        .query()
        .listOfRows();
  }

  private String entry() {
    JsonNode entry = ops.get("/actuator/routing-cache/{org}/business-hours", org).body();
    ((ObjectNode) entry).remove("ttl_seconds");
    return entry.toString();
  }
}
