package io.voicerouting.businesshours;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.businesshours.BusinessHoursApi.Answer;
import io.voicerouting.testing.IntegrationTest;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@IntegrationTest
class BusinessHoursAdminTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final RestTestClient client;
  private final JdbcClient sql;
  private final BusinessHoursApi api;

  BusinessHoursAdminTest(@Autowired RestTestClient client, @Autowired JdbcClient sql) {
    this.client = client;
    this.sql = sql;
    this.api = new BusinessHoursApi(client, organization(sql));
  }

  @Test
  void createsAndShowsTheCompleteDocument() {
    Answer created = api.post(BusinessHoursApi.BODY);

    assertThat(created.status().value()).isEqualTo(201);
    assertThat(created.headers().getLocation()).hasPath(location(created));
    Answer read = api.get("/" + created.id());
    assertThat(read.body()).isEqualTo(created.body());
    assertThat(read.etag()).isEqualTo(created.etag()).startsWith("\"");
    JsonNode body = read.body();
    assertThat(body.get("status").stringValue()).isEqualTo("active");
    assertThat(body.get("timezone").isNull()).isTrue();
    assertThat(body.has("effective_timezone")).isFalse();
    assertThat(body.get("version").longValue()).isZero();
    assertThat(body.get("created_at").stringValue()).endsWith("Z");
    assertThat(body.get("schedule").propertyNames())
        .containsExactly(
            "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    assertThat(body.at("/schedule/monday").toString())
        .isEqualTo(
            "{\"enabled\":true,\"time_ranges\":["
                + "{\"start_time\":\"09:00\",\"end_time\":\"12:00\"},"
                + "{\"start_time\":\"13:00\",\"end_time\":\"17:00\"}]}");
    assertThat(body.at("/schedule/sunday/time_ranges/0/end_time").stringValue()).isEqualTo("24:00");
    assertThat(body.at("/schedule/tuesday").toString())
        .isEqualTo("{\"enabled\":false,\"time_ranges\":[]}");
    assertThat(body.get("exceptions").isEmpty()).isTrue();
  }

  @Test
  void acceptsItsOwnDocument() {
    Answer created = api.post(BusinessHoursApi.BODY);

    Answer replaced = api.put(created.id(), created.body(), created.etag());

    assertThat(replaced.status().value()).isEqualTo(200);
    assertThat(replaced.body()).isEqualTo(created.body());
    assertThat(replaced.etag()).isEqualTo(created.etag());
  }

  @Test
  void changeOfNestedRowsChangesVersionTagAndTime() {
    Answer created = api.post(BusinessHoursApi.BODY);
    ObjectNode body = BusinessHoursApi.body();
    ((ObjectNode) body.at("/schedule/monday/time_ranges/0")).put("end_time", "18:00");

    Answer replaced = api.put(created.id(), body, created.etag());

    assertThat(replaced.status().value()).isEqualTo(200);
    assertThat(replaced.body().get("version").longValue()).isEqualTo(1);
    assertThat(replaced.body().get("updated_at")).isNotEqualTo(created.body().get("updated_at"));
    assertThat(replaced.body().at("/schedule/monday/time_ranges/1/end_time").stringValue())
        .isEqualTo("18:00");
    assertThat(replaced.etag()).isNotEqualTo(created.etag());
    Answer read = api.get("/" + created.id());
    assertThat(read.body()).isEqualTo(replaced.body());
    assertThat(api.put(created.id(), body, created.etag()).status().value()).isEqualTo(412);
    assertThat(api.delete(created.id(), created.etag()).status().value()).isEqualTo(412);
  }

  @Test
  void replacesEverything() {
    Answer created = api.post(BusinessHoursApi.BODY);
    JsonNode body =
        JSON.readTree(
            """
            {"name": "Night desk", "status": "inactive", "timezone": "Asia/Kathmandu",
             "open_hours_action": {"type": "external", "target": "sip:desk@example.com"},
             "closed_hours_action": {"type": "ring_group", "target": "rg-7"},
             "schedule": {"monday": {"enabled": false}, "tuesday": {"enabled": true, "time_ranges": [
               {"start_time": "09:00", "end_time": "12:00"}]}},
             "exceptions": [
               {"date": "2028-02-29", "name": "Leap day", "type": "special_hours",
                "time_ranges": [{"start_time": "10:00", "end_time": "24:00"}]},
               {"date": "2026-12-25", "name": "Christmas", "type": "closed"}]}
            """);

    Answer replaced = api.put(created.id(), body, null);

    assertThat(replaced.status().value()).isEqualTo(200);
    JsonNode after = api.get("/" + created.id()).body();
    assertThat(after).isEqualTo(replaced.body());
    assertThat(after.get("version").longValue()).isEqualTo(1);
    assertThat(after.get("name").stringValue()).isEqualTo("Night desk");
    assertThat(after.get("status").stringValue()).isEqualTo("inactive");
    assertThat(after.get("timezone").stringValue()).isEqualTo("Asia/Kathmandu");
    assertThat(after.get("open_hours_action")).isEqualTo(body.get("open_hours_action"));
    assertThat(after.get("closed_hours_action")).isEqualTo(body.get("closed_hours_action"));
    assertThat(after.at("/schedule/monday/time_ranges").isEmpty()).isTrue();
    assertThat(after.at("/schedule/friday/enabled").booleanValue()).isFalse();
    assertThat(after.at("/exceptions/0/date").stringValue()).isEqualTo("2026-12-25");
    assertThat(after.at("/exceptions/1")).isEqualTo(body.at("/exceptions/0"));
  }

  @Test
  void rangesAndExceptionsMayHaveActions() {
    ObjectNode body = BusinessHoursApi.body();
    JsonNode action = JSON.readTree("{\"type\":\"voicemail\",\"target\":\"lunch\"}");
    ((ObjectNode) body.at("/schedule/monday/time_ranges/0")).set("action", action);
    body.set(
        "exceptions",
        JSON.readTree(
            """
            [{"date": "2026-12-24", "name": "Eve", "type": "special_hours", "action": null,
              "time_ranges": [{"start_time": "10:00", "end_time": "12:00",
                "action": {"type": "extension", "target": "1002"}}]},
             {"date": "2026-12-25", "name": "Christmas", "type": "closed",
              "action": {"type": "external", "target": "+15550100"}}]
            """));
    Answer created = api.post(body);

    assertThat(created.status().value()).isEqualTo(201);
    assertThat(created.body().at("/schedule/monday/time_ranges/1/action")).isEqualTo(action);
    assertThat(created.body().at("/schedule/monday/time_ranges/0").has("action")).isFalse();
    assertThat(created.body().at("/exceptions").toString())
        .isEqualTo(
            """
            [{"date":"2026-12-24","name":"Eve","type":"special_hours","time_ranges":\
            [{"start_time":"10:00","end_time":"12:00",\
            "action":{"type":"extension","target":"1002"}}]},\
            {"date":"2026-12-25","name":"Christmas","type":"closed","time_ranges":[],\
            "action":{"type":"external","target":"+15550100"}}]""");
    assertThat(api.get("/" + created.id()).body()).isEqualTo(created.body());
    assertThat(api.get("").body().at("/items/0")).isEqualTo(created.body());
    Answer same = api.put(created.id(), created.body(), created.etag());
    assertThat(same.body()).isEqualTo(created.body());
    assertThat(same.etag()).isEqualTo(created.etag());

    ((ObjectNode) body.at("/schedule/monday/time_ranges/0")).putNull("action");
    ((ObjectNode) body.at("/exceptions/1/action")).put("target", "+15550101");
    Answer changed = api.put(created.id(), body, created.etag());
    assertThat(changed.status().value()).isEqualTo(200);
    assertThat(changed.etag()).isNotEqualTo(created.etag());
    assertThat(changed.body().at("/schedule/monday/time_ranges/1").has("action")).isFalse();
    assertThat(changed.body().at("/exceptions/1/action/target").stringValue())
        .isEqualTo("+15550101");
    assertThat(api.get("/" + created.id()).body()).isEqualTo(changed.body());
  }

  @Test
  void exceptionsMayRecurAndHaveSeveralDates() {
    ObjectNode body = BusinessHoursApi.body();
    body.set(
        "exceptions",
        JSON.readTree(
            """
            [{"date": "2026-11-26", "end_date": "2026-11-27", "recurrence": "yearly_weekday",
              "week_of_month": "fourth", "name": "Thanksgiving", "type": "closed"},
             {"date": "2026-11-26", "end_date": "2026-11-26", "recurrence": null,
              "week_of_month": null, "name": "Once", "type": "closed"},
             {"date": "2026-11-26", "recurrence": "yearly", "name": "Every", "type": "closed"}]
            """));
    Answer created = api.post(body);

    assertThat(created.status().value()).isEqualTo(201);
    assertThat(created.body().get("exceptions").toString())
        .isEqualTo(
            """
            [{"date":"2026-11-26","name":"Once","type":"closed","time_ranges":[]},\
            {"date":"2026-11-26","recurrence":"yearly","name":"Every","type":"closed",\
            "time_ranges":[]},\
            {"date":"2026-11-26","end_date":"2026-11-27","recurrence":"yearly_weekday",\
            "week_of_month":"fourth","name":"Thanksgiving","type":"closed","time_ranges":[]}]""");
    assertThat(api.put(created.id(), created.body(), null).etag()).isEqualTo(created.etag());

    ((ObjectNode) body.at("/exceptions/0")).put("week_of_month", "last");
    assertThat(
            api.put(created.id(), body, null)
                .body()
                .at("/exceptions/2/week_of_month")
                .stringValue())
        .isEqualTo("last");
    ((ObjectNode) body.at("/exceptions/0")).put("recurrence", "weekly").put("week_of_month", 5);
    assertThat(fields(api.put(created.id(), body, null)))
        .containsExactly("exceptions[0].recurrence", "exceptions[0].week_of_month");
  }

  @Test
  void importedExceptionsAreReadOnly() {
    ObjectNode body = BusinessHoursApi.body();
    body.set(
        "exceptions",
        JSON.readTree("[{\"date\": \"2026-12-24\", \"name\": \"Eve\", \"type\": \"closed\"}]"));
    Answer created = api.post(body);
    sql.sql(
            """
            insert into business_hours_exceptions
              (business_hours_schedule_id, date, name, type, origin)
            select ?, date '2026-12-01' + day, 'Imported', 'closed', 'imported'
            from generate_series(0, 400) day
            """)
        .param(created.id())
        .update();
    Answer imported = api.get("/" + created.id());

    assertThat(imported.body().get("exceptions")).isEqualTo(created.body().get("exceptions"));
    assertThat(imported.body().get("imported_exceptions")).hasSize(401);
    assertThat(api.put(created.id(), imported.body(), imported.etag()).etag())
        .isEqualTo(imported.etag());
    Answer changed = api.put(created.id(), BusinessHoursApi.body(), null);
    assertThat(changed.body().get("exceptions")).isEmpty();
    assertThat(changed.body().get("imported_exceptions"))
        .isEqualTo(imported.body().get("imported_exceptions"));
    assertThat(api.get("/" + created.id()).body()).isEqualTo(changed.body());
  }

  @Test
  void invalidActionsOfRangesAreNamed() {
    ObjectNode body = BusinessHoursApi.body();
    ObjectNode range = (ObjectNode) body.at("/schedule/monday/time_ranges/0");
    range.set("action", JSON.readTree("{\"type\":\"voicemail\"}"));
    assertThat(api.post(body).body().at("/errors").findValuesAsString("field"))
        .containsExactly("schedule.monday.time_ranges[0].action.target");
    range.set("action", JSON.readTree("{\"type\":\"extension\",\"target\":\"x\"}"));
    assertThat(api.post(body).body().at("/errors").findValuesAsString("field"))
        .containsExactly("schedule.monday.time_ranges[0].action.target");
    range.set("action", JSON.readTree("{\"type\":\"fax\",\"target\":\"1\"}"));
    assertThat(api.post(body).body().at("/errors").findValuesAsString("field"))
        .containsExactly("schedule.monday.time_ranges[0].action.type");
  }

  @Test
  void changeOfNestedRowsBySqlChangesTheTag() {
    Answer created = api.post(BusinessHoursApi.BODY);

    sql.sql(
            """
            update business_hours_time_ranges set end_time = '23:59' where end_time = '24:00'
            and business_hours_schedule_day_id in
              (select id from business_hours_schedule_days where business_hours_schedule_id = ?)
            """)
        .param(created.id())
        .update();

    Answer read = api.get("/" + created.id());
    assertThat(read.etag()).isNotEqualTo(created.etag());
    assertThat(read.body().get("version").longValue()).isEqualTo(1);
  }

  @Test
  void allowsOneActiveSchedule() {
    Answer first = api.post(BusinessHoursApi.BODY);

    Answer second = api.post(BusinessHoursApi.BODY);
    assertThat(second.status().value()).isEqualTo(409);
    assertThat(second.body().get("type").stringValue())
        .isEqualTo("/problems/active-schedule-exists");

    Answer inactive = api.post(BusinessHoursApi.body().put("status", "inactive"));
    assertThat(inactive.status().value()).isEqualTo(201);
    Answer activated = api.put(inactive.id(), BusinessHoursApi.BODY, null);
    assertThat(activated.status().value()).isEqualTo(409);
    assertThat(api.get("/" + inactive.id()).body()).isEqualTo(inactive.body());

    assertThat(api.delete(first.id(), first.etag()).status().value()).isEqualTo(204);
    assertThat(api.put(inactive.id(), BusinessHoursApi.BODY, null).status().value()).isEqualTo(200);
  }

  @Test
  void allowsOneActiveScheduleConcurrently() {
    int callers = 6;
    CountDownLatch ready = new CountDownLatch(callers);
    List<Future<Integer>> answers;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      answers =
          Stream.generate(
                  () ->
                      threads.submit(
                          () -> {
                            ready.countDown();
                            ready.await();
                            return api.post(BusinessHoursApi.BODY).status().value();
                          }))
              .limit(callers)
              .toList();
    }
    assertThat(answers.stream().map(Future::resultNow))
        .containsOnlyOnce(201)
        .containsOnly(201, 409);
  }

  @Test
  void deletesSoftly() {
    Answer created = api.post(BusinessHoursApi.BODY);

    assertThat(api.delete(created.id(), null).status().value()).isEqualTo(204);

    assertThat(api.get("/" + created.id()).status().value()).isEqualTo(404);
    assertThat(api.put(created.id(), BusinessHoursApi.BODY, null).status().value()).isEqualTo(404);
    assertThat(api.delete(created.id(), null).status().value()).isEqualTo(404);
    assertThat(api.get("").body().get("total").longValue()).isZero();
    assertThat(
            sql.sql(
                    "select status from business_hours_schedules where id = ? and deleted_at <= now()")
                .param(created.id())
                .query(String.class)
                .single())
        .isEqualTo("active");
    assertThat(api.post(BusinessHoursApi.BODY).status().value()).isEqualTo(201);
  }

  @Test
  void listsPagesAndFilters() {
    for (String name : List.of("Main 100%", "Main 100 percent", "Other")) {
      api.post(BusinessHoursApi.body().put("name", name).put("status", "inactive"));
    }
    api.post(BusinessHoursApi.body().put("name", "MAIN active"));

    assertThat(names(api.get("?page=1&size=3"))).containsExactly("MAIN active");
    assertThat(api.get("?page=1&size=3").body().get("total").longValue()).isEqualTo(4);
    assertThat(names(api.get("?q=main"))).hasSize(3);
    assertThat(names(api.get("?q={q}", "100%"))).containsExactly("Main 100%");
    assertThat(names(api.get("?status=inactive&q=MAIN"))).hasSize(2);
    assertThat(api.get("?status=deleted").status().value()).isEqualTo(400);
    assertThat(api.get("").body().at("/items/0/schedule/monday/time_ranges").size()).isEqualTo(2);
  }

  @Test
  void scheduleOfAnotherOrganizationIsNotFound() {
    Answer created = api.post(BusinessHoursApi.BODY);
    BusinessHoursApi other = new BusinessHoursApi(client, organization(sql));

    assertThat(other.get("/" + created.id()).status().value()).isEqualTo(404);
    assertThat(other.put(created.id(), BusinessHoursApi.BODY, null).status().value())
        .isEqualTo(404);
    assertThat(other.delete(created.id(), null).status().value()).isEqualTo(404);
    assertThat(other.get("").body().get("items").isEmpty()).isTrue();
    BusinessHoursApi unknown = new BusinessHoursApi(client, Long.MAX_VALUE);
    assertThat(unknown.post(BusinessHoursApi.BODY).body().get("type").stringValue())
        .isEqualTo("/problems/organization-not-found");
    assertThat(unknown.get("").status().value()).isEqualTo(404);
  }

  @Test
  void reportsAllErrors() {
    String body =
        """
        {"name": " ", "status": "paused", "timezone": "Mars/Olympus", "colour": "red",
         "open_hours_action": {"type": "external", "target": "1001"},
         "closed_hours_action": {"type": "voicemail"},
         "schedule": {
           "monday": {"enabled": true, "time_ranges": [
             {"start_time": "09:00", "end_time": "17:00"},
             {"start_time": "16:00", "end_time": "25:00"},
             null,
             {"start_time": "16:00", "end_time": "18:00"}]},
           "tuesday": {"time_ranges": [{"start_time": 9, "end_time": "10:00", "id": 1}]},
           "funday": {"enabled": true, "time_ranges": []}, "someday": true},
         "exceptions": [
           {"date": "2027-02-29", "name": "No such day", "type": "closed"},
           null,
           {"date": "2026-12-25", "type": "special_hours"}]}
        """;

    Answer answer = api.post(body);

    assertThat(answer.status().value()).isEqualTo(400);
    assertThat(answer.headers().getFirst("Content-Type")).isEqualTo("application/problem+json");
    assertThat(fields(answer))
        .containsExactlyInAnyOrder(
            "name",
            "status",
            "timezone",
            "colour",
            "open_hours_action.target",
            "closed_hours_action.target",
            "schedule.monday.time_ranges[1].end_time",
            "schedule.monday.time_ranges[2]",
            "schedule.monday.time_ranges[3]",
            "schedule.tuesday.enabled",
            "schedule.tuesday.time_ranges[0].start_time",
            "schedule.tuesday.time_ranges[0].id",
            "schedule.funday",
            "schedule.someday",
            "exceptions[0].date",
            "exceptions[1]",
            "exceptions[2].name",
            "exceptions[2].time_ranges");
    assertThat(answer.body().get("errors").findValuesAsString("message"))
        .contains(
            "'25:00' (expected: HH:mm, 00:00 to 24:00)",
            "'9' (expected: a string)",
            "'2027-02-29' (expected: a date yyyy-MM-dd)",
            "'16:00-18:00' (expected: no overlap with 09:00-17:00)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                              | name open_hours_action closed_hours_action schedule
          []                                              | body
          {"schedule": []}                                | name open_hours_action closed_hours_action schedule
          {"schedule": {"monday": [], "friday": {"enabled": "yes", "time_ranges": {}}}} | name open_hours_action closed_hours_action schedule.monday schedule.friday.enabled schedule.friday.time_ranges
          {"schedule": {"x": {"y": 1}, "monday": null, "tuesday": null, "wednesday": null, "thursday": null, "friday": null, "saturday": null, "sunday": null}} | name open_hours_action closed_hours_action schedule.x
          {"x": {"y": 1}, "schedule": {}}                 | name open_hours_action closed_hours_action x
          {"name": 5, "schedule": {}, "exceptions": {}}   | name open_hours_action closed_hours_action exceptions
          {"name": "x\\u0000y", "schedule": {}}           | name open_hours_action closed_hours_action
          """)
  void rejectsInvalidShapes(String body, String fields) {
    Answer answer = api.post(body);
    assertThat(answer.status().value()).isEqualTo(400);
    assertThat(fields(answer)).containsExactlyInAnyOrder(fields.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"exceptions,401", "ranges,25"})
  void rejectsLongLists(String what, int count) {
    ObjectNode body = BusinessHoursApi.body();
    boolean exceptions = what.equals("exceptions");
    ArrayNode list =
        exceptions
            ? body.putArray("exceptions")
            : (ArrayNode) body.at("/schedule/monday/time_ranges");
    list.removeAll();
    for (int i = 0; i < count; i++) {
      list.add(
          exceptions
              ? exception(i)
              : JSON.readTree("{\"start_time\":\"09:00\",\"end_time\":\"10:00\"}"));
    }
    assertThat(fields(api.post(body)))
        .containsExactly(exceptions ? "exceptions" : "schedule.monday.time_ranges");
    list.remove(0);
    assertThat(api.post(body).status().value()).isEqualTo(exceptions ? 201 : 400);
  }

  @Test
  void doesNotValidateTheRestOfALongList() {
    ObjectNode body = BusinessHoursApi.body();
    ArrayNode exceptions = body.putArray("exceptions");
    for (int i = 0; i < 200_000; i++) {
      exceptions.addNull();
    }
    assertThat(fields(api.post(body)))
        .hasSize(100)
        .contains("exceptions", "exceptions[0]")
        .allMatch(field -> field.length() <= "exceptions[400]".length());
  }

  private static JsonNode exception(int day) {
    return JSON.createObjectNode()
        .put("date", LocalDate.parse("2026-01-01").plusDays(day).toString())
        .put("name", "Day " + day)
        .put("type", "closed");
  }

  private static List<String> names(Answer page) {
    return page.body().get("items").valueStream().map(i -> i.get("name").stringValue()).toList();
  }

  private static List<String> fields(Answer answer) {
    return answer
        .body()
        .get("errors")
        .valueStream()
        .map(error -> error.get("field").stringValue())
        .toList();
  }

  private static String location(Answer created) {
    return "/api/v1/organizations/"
        + created.body().get("organization_id").longValue()
        + "/business-hours/"
        + created.id();
  }

  private static long organization(JdbcClient sql) {
    return sql.sql(
            "insert into organizations (name, timezone) values ('Acme', 'America/New_York') returning id")
        .query(Long.class)
        .single();
  }
}
