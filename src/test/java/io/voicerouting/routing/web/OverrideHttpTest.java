package io.voicerouting.routing.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Overrides through the API and by SQL, and what they do to decisions and to the status. */
@IntegrationTest
class OverrideHttpTest extends AbstractRoutingHttpTest {

  private static final String ORGANIZATION = "/api/v1/organizations/{org}";
  private static final String OVERRIDES = ORGANIZATION + "/overrides";
  private static final String DECISION = ORGANIZATION + "/routing/decision?direction=inbound";
  private static final String BY_NUMBER = "/api/v1/routing/decision?to={to}";
  private static final String STATUS = ORGANIZATION + "/routing/business-hours/status";
  private static final String ALWAYS =
      "{\"enabled\":true,\"time_ranges\":[{\"start_time\":\"00:00\",\"end_time\":\"24:00\"}]}";
  private static final AtomicLong NEXT_NUMBER = new AtomicLong(System.nanoTime() % 1_000_000);

  private long schedule;

  @BeforeEach
  void openSchedule() {
    schedule = schedule("organization");
  }

  private long schedule(String scope) {
    return id(
        admin.send(
            HttpMethod.POST,
            """
            {"name":"Hours","scope":"%1$s","timezone":"UTC",
             "open_hours_action":{"type":"ring_group","target":"sales"},
             "closed_hours_action":{"type":"voicemail","target":"main"},
             "schedule":{"monday":%2$s,"tuesday":%2$s,"wednesday":%2$s,"thursday":%2$s,"friday":%2$s,
               "saturday":%2$s,"sunday":%2$s},
             "exceptions":[{"date":"2125-01-01","name":"New Year","type":"closed"}]}
            """
                .formatted(scope, ALWAYS),
            ORGANIZATION + "/business-hours",
            org));
  }

  private static long id(Answer created) {
    assertThat(created.status().value()).as(created.body().toString()).isEqualTo(201);
    return created.body().at("/id").longValue();
  }

  private Answer create(String body) {
    return admin.send(HttpMethod.POST, body, OVERRIDES, org);
  }

  private Answer decide() {
    return platform.get(DECISION, org);
  }

  private static List<String> path(Answer decision) {
    return StreamSupport.stream(decision.body().get("path").spliterator(), false)
        .map(JsonNode::stringValue)
        .toList();
  }

  private static String text(Answer answer, String pointer) {
    return answer.body().at(pointer).asString();
  }

  @Test
  void decidesAtOnceAndIsOverByItself() {
    settle();
    decide();
    Answer created = create("{\"mode\":\"closed\",\"until\":\"PT8S\",\"note\":\"Fire drill\"}");
    long id = id(created);
    Instant end = Instant.parse(text(created, "/ends_at"));
    Answer first = decide();
    assertThat(path(first))
        .containsExactly("business_hours:closed", "override:" + id, "action:voicemail:main");
    assertThat(text(first, "/valid_until")).isEqualTo(end.toString());
    assertThat(first.body().at("/business_hours/override").toString())
        .isEqualTo(
            "{\"id\":%d,\"mode\":\"closed\",\"ends_at\":\"%s\",\"created_by\":\"settings:admin\"}"
                .formatted(id, end));

    long evictions = evictions();
    await()
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              Answer decision = decide();
              boolean over = !Instant.parse(text(decision, "/evaluated_at")).isBefore(end);
              assertThat(path(decision).contains("override:" + id)).isNotEqualTo(over);
              return over;
            });
    assertThat(evictions()).isEqualTo(evictions);
  }

  /** The changes of this organization that evicted something. */
  private long evictions() {
    return jdbc.sql("select count(*) from routing_cache_eviction where organization_id = ?")
        .param(org)
        .query(Long.class)
        .single();
  }

  @Test
  void warmDecisionUnderOverridesRunsNoSql() {
    id(create("{\"mode\":\"closed\",\"until\":\"cleared\"}"));
    id(
        create(
            "{\"scope\":\"schedule\",\"business_hours_schedule_id\":%d,\"mode\":\"open\",\"until\":\"PT1H\"}"
                .formatted(schedule)));
    settle();
    decide();
    long start = statistics.getPrepareStatementCount();
    Answer warm = decide();
    assertThat(statistics.getPrepareStatementCount()).isEqualTo(start);
    assertThat(warm.cacheStatus()).matches("(voice-routing; hit; ttl=\\d+(, )?){2}");
    assertThat(path(warm)).contains("business_hours:open");
  }

  /** Number, schedule and organization: three documents, and one hit each. */
  @Test
  void warmDecisionByNumberUnderAnOverrideRunsNoSql() {
    String number = newNumber();
    long id =
        id(
            create(
                "{\"scope\":\"number\",\"phone_number_id\":%d,\"mode\":\"closed\",\"until\":\"PT1H\"}"
                    .formatted(number(number, "\"hours\":\"organization\""))));
    settle();
    platform.get(BY_NUMBER, number);
    long start = statistics.getPrepareStatementCount();
    Answer warm = platform.get(BY_NUMBER, number);
    assertThat(statistics.getPrepareStatementCount()).isEqualTo(start);
    assertThat(warm.cacheStatus()).matches("(voice-routing; hit; ttl=\\d+(, )?){3}");
    assertThat(path(warm)).contains("override:" + id);
  }

  @Test
  void beginsByItself() {
    Instant start = Instant.now().plusSeconds(6).truncatedTo(ChronoUnit.SECONDS);
    long id =
        id(
            create(
                "{\"mode\":\"closed\",\"until\":\"PT1H\",\"starts_at\":\"%s\"}".formatted(start)));
    settle();
    decide();
    Answer before = decide();
    assertThat(path(before)).containsExactly("business_hours:open", "action:ring_group:sales");
    assertThat(text(before, "/valid_until")).isEqualTo(start.toString());

    long evictions = evictions();
    await()
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              Answer decision = decide();
              boolean begun = hasBegun(decision, start);
              assertThat(path(decision).contains("override:" + id)).isEqualTo(begun);
              assertThat(decision.cacheStatus()).matches("(voice-routing; hit; ttl=\\d+(, )?){2}");
              Answer status = platform.get(STATUS, org);
              assertThat(text(status, "/state"))
                  .isEqualTo(hasBegun(status, start) ? "closed" : "open");
              assertThat(status.body().has("override")).isEqualTo(hasBegun(status, start));
              return begun;
            });
    assertThat(evictions()).isEqualTo(evictions);
  }

  private static boolean hasBegun(Answer answer, Instant start) {
    return !Instant.parse(text(answer, "/evaluated_at")).isBefore(start);
  }

  private static String newNumber() {
    return "+883" + String.format("%09d", NEXT_NUMBER.incrementAndGet());
  }

  /** Creates a number and returns its id. */
  private long number(String number, String hours) {
    return id(
        admin.send(
            HttpMethod.POST,
            "{\"number\":\"%s\",%s}".formatted(number, hours),
            ORGANIZATION + "/phone-numbers",
            org));
  }

  /** The organization closes on 2125-01-01; the other schedule, on 2124-12-31 at 18:00. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          schedule | own          | 2124-12-31T18:00:00Z
          number   | own          | 2124-12-31T18:00:00Z
          number   | organization | 2125-01-01T00:00:00Z
          number   | ignore       | ''
          """)
  void nextChangeIsThatOfTheHoursThatAreReplaced(String scope, String hours, String end) {
    long own = schedule("number");
    admin.patch(
        """
        {"exceptions":[{"date":"2124-12-31","name":"Eve","type":"special_hours",
          "time_ranges":[{"start_time":"00:00","end_time":"18:00"}]}]}""",
        "/api/v1/organizations/" + org + "/business-hours/" + own,
        Map.of());
    long number =
        number(
            newNumber(),
            "\"hours\":\"%s\",\"business_hours_schedule_id\":%s,\"open_action\":{\"type\":\"ring_group\",\"target\":\"sales\"}"
                .formatted(hours, hours.equals("own") ? own : null));
    Answer created =
        create(
            "{\"scope\":\"%s\",\"%s\":%d,\"mode\":\"closed\",\"until\":\"next_change\",\"starts_at\":\"2124-12-31T12:00:00Z\"}"
                .formatted(
                    scope,
                    scope.equals("number") ? "phone_number_id" : "business_hours_schedule_id",
                    scope.equals("number") ? number : own));
    if (end.isEmpty()) {
      assertThat(created.body().at("/errors/0/field").asString()).isEqualTo("until");
    } else {
      assertThat(text(created, "/ends_at")).isEqualTo(end);
    }
  }

  @Test
  void statusShowsTheOverride() {
    long id = id(create("{\"mode\":\"closed\",\"until\":\"2124-06-01T00:00:00Z\"}"));
    Answer during = platform.get(STATUS + "?at=2124-05-01T12:00:00Z", org);
    assertThat(text(during, "/state")).isEqualTo("closed");
    assertThat(during.body().at("/override/id").longValue()).isEqualTo(id);
    assertThat(during.body().get("matched").isNull()).isTrue();
    assertThat(text(during, "/next_change_at")).isEqualTo("2124-06-01T00:00:00Z");
    assertThat(during.cacheStatus().split(", ")).hasSize(2);
    Answer over = platform.get(STATUS + "?at=2124-06-01T00:00:00Z", org);
    assertThat(text(over, "/state")).isEqualTo("open");
    assertThat(over.body().has("override")).isFalse();
  }

  @Test
  void everyScopeIsAppliedAndCleared() {
    String number = newNumber();
    long own = schedule("number");
    long numberId = number(number, "\"hours\":\"own\",\"business_hours_schedule_id\":" + own);
    id(
        admin.send(
            HttpMethod.POST,
            "{\"number\":\"%s7\",\"match\":\"prefix\"}".formatted(number),
            ORGANIZATION + "/phone-numbers",
            org));
    Map<String, String> scopes =
        Map.of(
            "\"scope\":\"organization\"",
            number + "79",
            "\"scope\":\"schedule\",\"business_hours_schedule_id\":" + own,
            number,
            "\"scope\":\"number\",\"phone_number_id\":" + numberId,
            number);
    scopes.forEach(
        (scope, called) -> {
          platform.get(BY_NUMBER, called);
          long id =
              id(
                  create(
                      "{"
                          + scope
                          + ",\"mode\":\"action\",\"until\":\"cleared\",\"action\":"
                          + "{\"type\":\"ring_group\",\"target\":\"hotline\"}}"));
          Answer decision = platform.get(BY_NUMBER, called);
          assertThat(path(decision)).endsWith("override:" + id, "action:ring_group:hotline");
          assertThat(text(decision, "/reason")).isEqualTo("override_action");
          assertThat(admin.delete(OVERRIDES + "/{id}", org, id).status().value()).isEqualTo(204);
          assertThat(path(platform.get(BY_NUMBER, called))).doesNotContain("override:" + id);
        });
  }

  @Test
  void rowsBySqlAreAppliedWithinASecond() {
    decide();
    jdbc.sql("insert into routing_overrides (organization_id, mode) values (?, 'closed')")
        .param(org)
        .update();
    await().until(() -> path(decide()).contains("business_hours:closed"));
    Answer row = admin.get(OVERRIDES, org);
    assertThat(text(row, "/items/0/created_via")).isEqualTo("sql");
    assertThat(text(decide(), "/business_hours/override/created_by"))
        .isEqualTo(jdbc.sql("select session_user").query(String.class).single());
    jdbc.sql("update routing_overrides set cleared_at = now() where organization_id = ?")
        .param(org)
        .update();
    await().until(() -> path(decide()).size() == 2);
  }

  @Test
  void clearingKeepsTheRecord() {
    Answer created = create("{\"mode\":\"closed\",\"until\":\"PT2H\"}");
    long id = id(created);
    String location = String.valueOf(created.headers().getLocation());
    assertThat(admin.get(location).headers().getETag()).isEqualTo(created.headers().getETag());
    assertThat(
            admin
                .send(
                    HttpMethod.DELETE,
                    "application/json",
                    "",
                    location,
                    Map.of("If-Match", "\"other\""))
                .status()
                .value())
        .isEqualTo(412);
    assertThat(admin.delete(location).status().value()).isEqualTo(204);
    Answer cleared = admin.get(location);
    assertThat(text(cleared, "/cleared_by")).isEqualTo("settings:admin");
    assertThat(text(cleared, "/created_via")).isEqualTo("api");
    assertThat(cleared.body().get("version").longValue()).isEqualTo(1);
    assertThat(admin.delete(location).status().value()).isEqualTo(204);
    assertThat(admin.get(location).body()).isEqualTo(cleared.body());
    for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.PATCH)) {
      assertThat(admin.send(method, "{}", location).status().value()).isEqualTo(405);
    }
    assertThat(admin.get(OVERRIDES + "/{id}", organization(), id).status().value()).isEqualTo(404);
  }

  @Test
  void toggleSwitchesAndReportsTheState() {
    String night = "\"mode\":\"closed\",\"until\":\"cleared\"";
    Answer on = toggle("{" + night + "}");
    assertThat(on.body().get("active").booleanValue()).isTrue();
    assertThat(text(on, "/override/created_via")).isEqualTo("toggle");
    assertThat(path(decide())).contains("override:" + text(on, "/override/id"));
    assertThat(toggle("{\"active\":true," + night + "}").body()).isEqualTo(on.body());
    assertThat(
            toggle("{\"mode\":\"open\",\"until\":\"cleared\",\"active\":false}").body().toString())
        .isEqualTo("{\"active\":false,\"override\":null}");
    assertThat(path(decide())).contains("business_hours:closed");
    Answer off = toggle("{" + night + "}");
    assertThat(off.body().toString()).isEqualTo("{\"active\":false,\"override\":null}");
    assertThat(path(decide())).hasSize(2);
    assertThat(toggle("{\"active\":false," + night + "}").body()).isEqualTo(off.body());
    assertThat(admin.get(OVERRIDES + "?state=cleared", org).body().get("total").longValue())
        .isEqualTo(1);
    assertThat(admin.get(OVERRIDES + "/toggle", org).status().is4xxClientError()).isTrue();
  }

  private Answer toggle(String body) {
    return admin.send(HttpMethod.POST, body, OVERRIDES + "/toggle", org);
  }

  @Test
  void untilIsStoredAsAnInstant() {
    String start = "\"starts_at\":\"2124-12-31T12:00:00+01:00\",\"mode\":\"closed\",\"until\":";
    assertThat(text(create("{" + start + "\"PT90M\"}"), "/ends_at"))
        .isEqualTo("2124-12-31T12:30:00Z");
    assertThat(text(create("{" + start + "\"2124-12-31T13:00:00.5+01:00\"}"), "/ends_at"))
        .isEqualTo("2124-12-31T12:00:00.500Z");
    assertThat(text(create("{" + start + "\"next_change\"}"), "/ends_at"))
        .isEqualTo("2125-01-01T00:00:00Z");
    assertThat(create("{" + start + "\"cleared\"}").body().get("ends_at").isNull()).isTrue();
    assertThat(admin.get(OVERRIDES + "?state=upcoming", org).body().get("total").longValue())
        .isEqualTo(4);
    assertThat(admin.get(OVERRIDES + "?state=in_force", org).body().get("total").longValue())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                              | mode until
          {"mode":"closed"}                               | until
          {"mode":"shut","until":"soon"}                  | mode until
          {"mode":"closed","until":"PT0S"}                | until
          {"mode":"closed","until":"-PT1H"}               | until
          {"mode":"closed","until":"P367D"}               | until
          {"mode":"closed","until":"2020-01-01T00:00:00Z"} | until
          {"mode":"closed","until":"9999-12-31T23:59:59Z"} | until
          {"mode":"closed","until":"PT1H","starts_at":"2020-01-01T00:00:00Z"} | until
          {"mode":"closed","until":"2030-01-01T00:00:00Z","starts_at":"2031-01-01T00:00:00Z"} | until
          {"mode":"closed","until":"cleared","starts_at":"+10000-01-01T00:00:00Z"} | starts_at
          {"mode":"closed","until":"cleared","action":{"type":"external","target":"+15550100"}} | action
          {"mode":"action","until":"cleared"}             | action
          {"mode":"action","until":"cleared","action":{"type":"external","target":"x"}} | action.target
          {"mode":"action","until":"cleared","action":{}} | action.type action.target
          {"mode":"open","until":"cleared","scope":"schedule"} | business_hours_schedule_id
          {"mode":"open","until":"cleared","scope":"number"} | phone_number_id
          {"mode":"open","until":"cleared","phone_number_id":1} | phone_number_id
          {"mode":"open","until":"cleared","scope":"schedule","business_hours_schedule_id":1} | business_hours_schedule_id
          {"mode":"open","until":"cleared","scope":"number","phone_number_id":1} | phone_number_id
          {"mode":"open","until":"cleared","note":" ","color":1} | note color
          """)
  void invalidOverridesAreRefused(String body, String fields) {
    Answer answer = create(body);
    assertThat(answer.status().value()).isEqualTo(400);
    assertThat(answer.body().at("/errors").findValuesAsString("field"))
        .as(answer.body().toString())
        .containsExactlyInAnyOrder(fields.split(" "));
  }

  @Test
  void nextChangeNeedsHoursThatChange() {
    admin.delete(ORGANIZATION + "/business-hours/{id}", org, schedule);
    Answer answer = create("{\"mode\":\"open\",\"until\":\"next_change\"}");
    assertThat(answer.body().at("/errors").toString())
        .contains("an instant, a duration or cleared, as no hours change within 366 days");
  }

  @Test
  void numberOfCurrentOverridesIsBounded() {
    jdbc.sql(
            "insert into routing_overrides (organization_id, mode, starts_at)"
                + " select ?, 'open', now() + interval '1 day' from generate_series(1, 100)")
        .param(org)
        .update();
    Answer refused = create("{\"mode\":\"open\",\"until\":\"cleared\"}");
    assertThat(refused.status().value()).isEqualTo(409);
    assertThat(text(refused, "/type")).isEqualTo("/problems/too-many-overrides");
  }
}
