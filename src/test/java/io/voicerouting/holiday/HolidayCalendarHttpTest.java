package io.voicerouting.holiday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** Holiday calendars over HTTP, with feeds from a real server. */
@IntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class HolidayCalendarHttpTest {

  private static final String REGION =
      "{\"name\":\"Holidays\",\"source\":\"region\",\"country\":\"DE\",\"subdivision\":\"HH\"}";

  @Autowired private RestTestClient client;
  @Autowired private JdbcClient jdbc;
  @Autowired private HolidayJob job;
  @Autowired private HolidayClaims claims;
  @Autowired private MeterRegistry meters;

  private final SSLSocketFactory defaultSockets = HttpsURLConnection.getDefaultSSLSocketFactory();
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private final FeedServer server = new FeedServer(FeedServer.file(""));
  private Calls admin;
  private Calls platform;
  private String schedule;
  private String organization;

  @BeforeEach
  void createSchedule() {
    HttpsURLConnection.setDefaultSSLSocketFactory(FeedServer.sockets());
    admin = new Calls(client, TestTokens.ADMIN);
    platform = new Calls(client, TestTokens.PLATFORM);
    organization =
        "/api/v1/organizations/"
            + admin
                .send(
                    HttpMethod.POST,
                    "{\"name\":\"T\",\"timezone\":\"UTC\"}",
                    "/api/v1/organizations")
                .body()
                .at("/id");
    schedule =
        organization
            + "/business-hours/"
            + admin
                .send(
                    HttpMethod.POST,
                    """
                    {"name":"Hours","open_hours_action":{"type":"extension","target":"1001"},
                     "closed_hours_action":{"type":"voicemail","target":"main"},"schedule":{}}""",
                    organization + "/business-hours")
                .body()
                .at("/id");
  }

  @AfterEach
  void close() {
    HttpsURLConnection.setDefaultSSLSocketFactory(defaultSockets);
    server.close();
  }

  private static String feed(List<LocalDate> dates) {
    return dates.stream()
        .map(
            date ->
                "BEGIN:VEVENT\r\nUID:%1$s\r\nSUMMARY:Day\r\nDTSTART:%1$s\r\nEND:VEVENT\r\n"
                    .formatted(date.toString().replace("-", "")))
        .collect(Collectors.joining("", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "END:VCALENDAR\r\n"));
  }

  private List<LocalDate> days(int... fromToday) {
    return IntStream.of(fromToday).mapToObj(today::plusDays).toList();
  }

  private String ical() {
    return "{\"name\":\"Feed\",\"source\":\"ical\",\"url\":\"" + server.url() + "\"}";
  }

  private Answer create(String body) {
    Answer created = admin.send(HttpMethod.POST, body, schedule + "/holiday-calendars");
    assertThat(created.status().value()).as(created.body().toString()).isEqualTo(201);
    return created;
  }

  private String item(Answer created) {
    return schedule + "/holiday-calendars/" + created.body().at("/id");
  }

  private JsonNode refresh(Answer created) {
    return admin.send(HttpMethod.POST, "", item(created) + "/refresh").body();
  }

  /** Dates that routing sees; reads the cached document. */
  private List<LocalDate> imported() {
    Answer hours = platform.get(organization + "/routing/business-hours");
    assertThat(hours.status().value()).as(hours.body().toString()).isEqualTo(200);
    List<LocalDate> dates = new ArrayList<>();
    for (JsonNode day : hours.body().at("/imported_exceptions")) {
      dates.add(LocalDate.parse(day.path("date").asString()));
    }
    return dates;
  }

  @Test
  void regionIsImportedAndRoutes() {
    assertThat(imported()).isEmpty();

    Answer created = create(REGION);

    assertThat(created.headers().getLocation()).hasToString(item(created));
    assertThat(created.body().at("/state").asString()).isEqualTo("ok");
    assertThat(created.body().at("/type").asString()).isEqualTo("closed");
    assertThat(imported())
        .hasSizeBetween(19, 22)
        .contains(LocalDate.of(today.getYear() + 1, 10, 3));
    String status =
        organization
            + "/routing/business-hours/status?at="
            + (today.getYear() + 1)
            + "-10-03T12:00:00Z";
    assertThat(platform.get(status).body().at("/matched/name").asString())
        .isEqualTo("German Unity Day");
  }

  @Test
  void specialHoursAndActionComeFromTheCalendar() {
    create(
        """
        {"name":"Holidays","source":"region","country":"DE","type":"special_hours",
         "time_ranges":[{"start_time":"10:00","end_time":"12:00"}],
         "action":{"type":"voicemail","target":"holiday"}}""");

    JsonNode day =
        platform.get(organization + "/routing/business-hours").body().at("/imported_exceptions/0");
    assertThat(day.at("/type").asString()).isEqualTo("special_hours");
    assertThat(day.at("/time_ranges/0/end_time").asString()).isEqualTo("12:00");
    assertThat(day.at("/action/target").asString()).isEqualTo("holiday");
  }

  @Test
  void changedFeedIsImportedWhenItIsDue() {
    server.serve(feed(days(10, 20, 30)));
    Answer created = create(ical());
    assertThat(imported()).isEqualTo(days(10, 20, 30));
    server.serve(feed(days(10, 20, 40)));

    job.run();
    assertThat(imported()).isEqualTo(days(10, 20, 30));
    makeDue(created);
    job.run();

    assertThat(refreshedState(created)).isEqualTo("ok");
    assertThat(imported()).isEqualTo(days(10, 20, 40));
  }

  private void makeDue(Answer created) {
    jdbc.sql("update holiday_calendars set next_attempt_at = now() - interval '1 day' where id = ?")
        .param(created.body().at("/id").longValue())
        .update();
  }

  private String refreshedState(Answer created) {
    return admin.get(item(created)).body().at("/state").asString();
  }

  @Test
  void entityTagSavesTheTransfer() {
    server.serve(
        (request, out) -> {
          boolean known = "\"v1\"".equals(request.headers().get("if-none-match"));
          String file = feed(days(10));
          FeedServer.raw(
                  known
                      ? "HTTP/1.1 304 Not Modified\r\n\r\n"
                      : "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\n\r\n" + file)
              .answer(request, out);
        });
    Answer created = create(ical());
    String before = admin.get(schedule).headers().getETag();

    assertThat(refresh(created).at("/state").asString()).isEqualTo("ok");

    assertThat(server.requests().get(1).headers()).containsEntry("if-none-match", "\"v1\"");
    assertThat(imported()).isEqualTo(days(10));
    assertThat(admin.get(schedule).headers().getETag()).isEqualTo(before);
    // The next day, the same file brings days that were too far ahead: it is read in full.
    jdbc.sql("update holiday_calendars set imported_on = imported_on - 1 where id = ?")
        .param(created.body().at("/id").longValue())
        .update();
    refresh(created);
    assertThat(server.requests().get(2).headers()).doesNotContainKey("if-none-match");
  }

  @Test
  void importMovesTheEntityTagOfTheScheduleOnlyIfItChangesSomething() {
    server.serve(feed(days(10)));
    String without = admin.get(schedule).headers().getETag();
    Answer created = create(ical());
    String with = admin.get(schedule).headers().getETag();
    assertThat(with).isNotEqualTo(without);

    refresh(created);
    assertThat(admin.get(schedule).headers().getETag()).isEqualTo(with);

    Answer stale =
        admin.patch("{\"name\":\"x\"}", schedule, Map.of("If-Match", String.valueOf(without)));
    assertThat(stale.status().value()).isEqualTo(412);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!DOCTYPE html><html>Log in</html>'"
            + " | is no iCalendar file",
        "'HTTP/1.1 503 Busy\r\n\r\n' | answered 503",
        "'HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'"
            + " | cannot be fetched: Premature EOF",
        "'HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'"
            + " | has 3",
        "'HTTP/1.1 200 OK\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20270101\r\n"
            + "RRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' | has a recurrence",
        "'HTTP/1.1 304 Not Modified\r\n\r\n' | answered 304",
      })
  void badAnswersChangeNothing(String answer, String error) {
    server.serve(feed(days(10)));
    Answer created = create(ical());
    jdbc.sql("update holiday_calendars set etag = null").update();
    server.serve(FeedServer.raw(answer));

    JsonNode failed = refresh(created);

    assertThat(failed.at("/state").asString()).isEqualTo("failing");
    assertThat(failed.at("/last_error").asString()).startsWith(error);
    assertThat(failed.at("/failures").asInt()).isEqualTo(1);
    assertThat(failed.at("/last_success_at")).isEqualTo(created.body().at("/last_success_at"));
    assertThat(imported()).isEqualTo(days(10));
  }

  /** Dates as iCalendar writes them. */
  private String date(int fromToday) {
    return today.plusDays(fromToday).toString().replace("-", "");
  }

  @Test
  void exclusionsReplacementsAndWindowsZonesAreApplied() {
    server.serve(
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VEVENT
        UID:series
        SUMMARY:Days
        DTSTART;VALUE=DATE:%s
        RRULE:FREQ=DAILY;COUNT=5
        EXDATE;VALUE=DATE:%s
        EXDATE;VALUE=DATE:%s
        END:VEVENT
        BEGIN:VEVENT
        UID:series
        SUMMARY:Moved
        RECURRENCE-ID;VALUE=DATE:%s
        DTSTART;VALUE=DATE:%s
        END:VEVENT
        BEGIN:VEVENT
        UID:tokyo
        SUMMARY:Evening in UTC
        DTSTART;TZID=Tokyo Standard Time:%sT080000
        DURATION:PT30M
        END:VEVENT
        END:VCALENDAR
        """
            .formatted(date(10), date(11), date(13), date(14), date(20), date(31))
            .replace("\n", "\r\n"));

    create(ical());

    assertThat(imported()).isEqualTo(days(10, 12, 20, 30));
  }

  @Test
  void silentServerTimesOut() {
    server.serve(feed(days(10)));
    Answer created = create(ical());
    CountDownLatch left = new CountDownLatch(1);
    server.serve((request, out) -> left.await());

    JsonNode silent = refresh(created);

    left.countDown();
    assertThat(silent.at("/state").asString()).isEqualTo("failing");
    assertThat(silent.at("/last_error").asString())
        .isEqualTo("did not answer completely within 5 s");
    assertThat(imported()).isEqualTo(days(10));
  }

  /** Yesterday, because it is not over yet everywhere, until two years ahead. */
  @Test
  void daysFromYesterdayUntilTwoYearsAheadAreImported() {
    LocalDate last = today.plusYears(2);
    server.serve(
        feed(List.of(today.minusDays(2), today.minusDays(1), today, last, last.plusDays(1))));

    create(ical());

    assertThat(imported()).containsExactly(today.minusDays(1), today, last);
  }

  @Test
  void calendarBySqlIsReadByTheNextRun() {
    server.serve(feed(days(10)));
    jdbc.sql(
            "insert into holiday_calendars (business_hours_schedule_id, name, source, url)"
                + " values (?, 'Feed', 'ical', ?)")
        .param(Long.valueOf(schedule.substring(schedule.lastIndexOf('/') + 1)))
        .param(server.url())
        .update();

    job.run();

    await().until(this::imported, days(10)::equals);
  }

  @Test
  void hundredThousandEventsAreRefused() {
    server.serve(feed(IntStream.range(0, 100_000).mapToObj(i -> today.plusDays(i % 700)).toList()));

    assertThat(create(ical()).body().at("/last_error").asString())
        .isEqualTo("is longer than 1048576 bytes");
  }

  @Test
  void thirdFailureIsWarnedOfAndCounted(CapturedOutput output) {
    server.serve(feed(days(10)));
    Answer created = create(ical());
    server.close();

    refresh(created);
    refresh(created);
    assertThat(output).doesNotContainPattern("WARN.*Holiday calendar cannot be read");
    JsonNode third = refresh(created);

    assertThat(third.at("/failures").asInt()).isEqualTo(3);
    assertThat(output).containsPattern("WARN.*Holiday calendar cannot be read");
    job.run();
    assertThat(meters.get("routing.holiday.calendars").tag("state", "failing").gauge().value())
        .isPositive();
    assertThat(imported()).isEqualTo(days(10));
  }

  @Test
  void feedThatLosesMostDaysIsHeldUntilItIsConfirmed(CapturedOutput output) {
    server.serve(feed(days(10, 20, 30, 40)));
    Answer created = create(ical());
    server.serve(feed(days(10, 20)));
    assertThat(refresh(created).at("/state").asString()).isEqualTo("ok"); // half of them
    server.serve(feed(days(11)));

    JsonNode held = refresh(created);

    assertThat(held.at("/state").asString()).isEqualTo("held");
    assertThat(held.at("/held/lost_days").asInt()).isEqualTo(2);
    assertThat(held.at("/held/exceptions/0/date").asString()).isEqualTo(days(11).getFirst() + "");
    job.run();
    assertThat(heldCalendars()).isEqualTo(storedHeld()).isPositive();
    assertThat(output).contains("Holiday calendar lost most of its days");
    assertThat(imported()).isEqualTo(days(10, 20));
    Answer confirmed = admin.send(HttpMethod.POST, "", item(created) + "/confirm");
    assertThat(confirmed.body().at("/state").asString()).isEqualTo("ok");
    assertThat(confirmed.body().at("/held").isNull()).isTrue();
    assertThat(imported()).isEqualTo(days(11));
    Answer again = admin.send(HttpMethod.POST, "", item(created) + "/confirm");
    assertThat(again.status().value()).isEqualTo(409);
    assertThat(again.body().at("/type").asString()).isEqualTo("/problems/nothing-held");
  }

  private double heldCalendars() {
    return meters.get("routing.holiday.calendars").tag("state", "held").gauge().value();
  }

  /** Other tests leave held calendars, too. */
  private double storedHeld() {
    return jdbc.sql("select count(*) from holiday_calendars where held_since is not null")
        .query(Long.class)
        .single();
  }

  @Test
  void feedThatRecoversIsNoLongerHeld() {
    server.serve(feed(days(10, 20)));
    Answer created = create(ical());
    server.serve(feed(List.of()));
    assertThat(refresh(created).at("/state").asString()).isEqualTo("held");
    server.serve(feed(days(10, 20, 30)));

    assertThat(refresh(created).at("/held").isNull()).isTrue();
    assertThat(imported()).isEqualTo(days(10, 20, 30));
  }

  @Test
  void anotherFeedIsNotHeld() {
    server.serve(feed(days(10, 20)));
    Answer created = create(ical());
    server.serve(feed(days(30)));

    Answer patched =
        admin.patch("{\"url\":\"" + server.url() + "?other\"}", item(created), Map.of());

    assertThat(patched.body().at("/state").asString()).isEqualTo("ok");
    assertThat(imported()).isEqualTo(days(30));
  }

  /**
   * A reading that began before the calendar was changed must not overwrite what came after. It
   * would lose too few days to be held back.
   */
  @Test
  void slowReadingOfAnOlderVersionIsVoid() throws InterruptedException {
    server.serve(feed(days(10)));
    Answer created = create(ical());
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch changed = new CountDownLatch(1);
    String old = feed(days(10, 11, 12));
    server.serve(
        (request, out) -> {
          asked.countDown();
          changed.await();
          FeedServer.file(old).answer(request, out);
        });
    Thread slow = Thread.ofVirtual().start(() -> refresh(created));
    asked.await();
    server.serve(feed(days(10, 11, 20)));
    admin.patch("{\"url\":\"" + server.url() + "?other\"}", item(created), Map.of());
    changed.countDown();
    slow.join();

    assertThat(imported()).isEqualTo(days(10, 11, 20));
  }

  @Test
  void dueCalendarIsClaimedOnce() {
    Answer created = create(REGION);
    makeDue(created);
    long id = created.body().at("/id").longValue();

    assertThat(claims.claimDue()).get().extracting(HolidayClaims.Claim::calendarId).isEqualTo(id);
    assertThat(claims.claimDue().map(HolidayClaims.Claim::calendarId))
        .isNotEqualTo(Optional.of(id));
  }

  @Test
  void typedExceptionsStayAndPrecede() {
    admin.patch(
        "{\"exceptions\":[{\"date\":\"%s\",\"name\":\"Mine\",\"type\":\"closed\"}]}"
            .formatted(days(10).getFirst()),
        schedule,
        Map.of());
    server.serve(feed(days(10)));
    create(ical());

    JsonNode hours = platform.get(organization + "/routing/business-hours").body();
    assertThat(hours.at("/exceptions").size()).isEqualTo(1);
    assertThat(hours.at("/imported_exceptions").size()).isEqualTo(1);
    String status =
        organization + "/routing/business-hours/status?at=" + days(10).getFirst() + "T12:00:00Z";
    assertThat(platform.get(status).body().at("/matched/name").asString()).isEqualTo("Mine");
  }

  @Test
  void deletingACalendarDeletesWhatItBrought() {
    server.serve(feed(days(10)));
    Answer created = create(ical());
    create(REGION);
    int both = imported().size();

    assertThat(admin.delete(item(created)).status().value()).isEqualTo(204);

    assertThat(imported()).hasSize(both - 1).doesNotContain(days(10).getFirst());
    assertThat(admin.get(item(created)).body().at("/type").asString())
        .isEqualTo("/problems/holiday-calendar-not-found");
  }

  @Test
  void documentMayBePutBack() {
    Answer created = create(REGION);
    String tag = String.valueOf(created.headers().getETag());

    Answer put =
        admin.send(
            HttpMethod.PUT,
            "application/json",
            created.body().toString(),
            item(created),
            Map.of("If-Match", tag));

    assertThat(put.status().value()).as(put.body().toString()).isEqualTo(200);
    assertThat(
            admin
                .send(
                    HttpMethod.PUT,
                    "application/json",
                    REGION,
                    item(created),
                    Map.of("If-Match", tag))
                .status()
                .value())
        .isEqualTo(412);
  }

  @Test
  void listsCalendars() {
    create(REGION);
    create(REGION.replace("Holidays", "Another"));

    Answer list = admin.get(schedule + "/holiday-calendars?sort=name&size=1");

    assertThat(list.body().at("/total").asInt()).isEqualTo(2);
    assertThat(list.body().at("/items/0/name").asString()).isEqualTo("Another");
  }

  @Test
  void scheduleHasAtMostFiveCalendars() {
    for (int i = 0; i < 5; i++) {
      create(REGION);
    }
    Answer sixth = admin.send(HttpMethod.POST, REGION, schedule + "/holiday-calendars");

    assertThat(sixth.status().value()).isEqualTo(409);
    assertThat(sixth.body().at("/type").asString())
        .isEqualTo("/problems/too-many-holiday-calendars");
  }

  @Test
  void previewSavesNothing() {
    server.serve(feed(days(10, 20)));

    Answer ofFeed = admin.send(HttpMethod.POST, ical(), schedule + "/holiday-calendars/preview");
    Answer ofFile =
        admin.send(
            HttpMethod.POST,
            "text/calendar",
            feed(days(30)),
            schedule + "/holiday-calendars/preview",
            Map.of());

    assertThat(ofFeed.body().at("/exceptions").size()).isEqualTo(2);
    assertThat(ofFile.body().at("/exceptions/0/date").asString())
        .isEqualTo(days(30).getFirst().toString());
    assertThat(imported()).isEmpty();
    assertThat(admin.get(schedule + "/holiday-calendars").body().at("/total").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/calendar | <html> | 400 | file: is no iCalendar file",
        "text/plain | x | 415 | The body must be",
        "application/json | {'name':'x','source':'ical','url':'https://localhost:1/'} | 400 | url: cannot be fetched",
        "application/json | {'source':'ical','url':'https://localhost:1/'} | 400 | name:",
      })
  void previewOfWhatCannotBeReadIsRejected(String type, String body, int status, String detail) {
    Answer refused =
        admin.send(
            HttpMethod.POST,
            type,
            body.replace('\'', '"'),
            schedule + "/holiday-calendars/preview",
            Map.of());

    assertThat(refused.status().value()).as(refused.body().toString()).isEqualTo(status);
    assertThat(refused.body().at("/detail").asString()).startsWith(detail);
  }

  @Test
  void fileOfThePreviewIsLimited() {
    Answer refused =
        admin.send(
            HttpMethod.POST,
            "text/calendar",
            "x".repeat((1 << 20) + 1),
            schedule + "/holiday-calendars/preview",
            Map.of());

    assertThat(refused.status().value()).isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':'x'} | source",
        "{'name':'x','source':'web'} | source",
        "{'source':'region','country':'DE'} | name",
        "{'name':'x','source':'region'} | country",
        "{'name':'x','source':'region','country':'XX'} | country",
        "{'name':'x','source':'region','country':'de'} | country",
        "{'name':'x','source':'region','country':'../../x'} | country",
        "{'name':'x','source':'region','country':'DE','subdivision':'ZZ'} | subdivision",
        "{'name':'x','source':'region','country':'DE','subdivision':'hh'} | subdivision",
        "{'name':'x','source':'region','country':'DE','subdivision':''} | subdivision",
        "{'name':'x','source':'region','country':'DE','url':'https://a.example/'} | url",
        "{'name':'x','source':'ical'} | url",
        "{'name':'x','source':'ical','url':'http://a.example/'} | url",
        "{'name':'x','source':'ical','url':'https:///x'} | url",
        "{'name':'x','source':'ical','url':'https://u:p@a.example/'} | url",
        "{'name':'x','source':'ical','url':'not a url'} | url",
        "{'name':'x','source':'ical','url':'https://a.example/','country':'DE'} | country",
        "{'name':'x','source':'region','country':'DE','type':'open'} | type",
        "{'name':'x','source':'region','country':'DE','type':'special_hours'} | time_ranges",
        "{'name':'x','source':'region','country':'DE','time_ranges':[{'start_time':'10:00','end_time':'11:00'}]} | time_ranges",
        "{'name':'x','source':'region','country':'DE','type':'special_hours','time_ranges':[{'start_time':'10:00','end_time':'10:00'}]} | time_ranges[0].end_time",
        "{'name':'x','source':'region','country':'DE','type':'special_hours','time_ranges':[{'start_time':'10:00'}]} | time_ranges[0].end_time",
        "{'name':'x','source':'region','country':'DE','action':{'type':'extension','target':'x'}} | action.target",
        "{'name':'x','source':'region','country':'DE','refresh_minutes':4} | refresh_minutes",
        "{'name':'x','source':'region','country':'DE','refresh_minutes':10081} | refresh_minutes",
        "{'name':'x','source':'region','country':'DE','colour':1} | colour",
      })
  void invalidBodiesAreRejected(String body, String field) {
    Answer refused =
        admin.send(HttpMethod.POST, body.replace('\'', '"'), schedule + "/holiday-calendars");

    assertThat(refused.status().value()).isEqualTo(400);
    assertThat(refused.body().at("/errors").findValuesAsString("field")).containsExactly(field);
  }

  @Test
  void schedulesOfOthersAreNotFound() {
    String other =
        admin
            .send(HttpMethod.POST, "{\"name\":\"T\",\"timezone\":\"UTC\"}", "/api/v1/organizations")
            .body()
            .at("/id")
            .toString();
    Answer created = create(REGION);
    String path = item(created).replaceFirst("organizations/\\d+", "organizations/" + other);

    for (Answer answer :
        List.of(
            admin.get(path),
            admin.delete(path),
            admin.send(HttpMethod.PUT, REGION, path),
            admin.send(HttpMethod.POST, "", path + "/refresh"),
            admin.send(HttpMethod.POST, "", path + "/confirm"),
            admin.send(HttpMethod.POST, REGION, path.substring(0, path.lastIndexOf('/'))))) {
      assertThat(answer.body().at("/type").asString()).isEqualTo("/problems/schedule-not-found");
    }
    assertThat(platform.get(item(created)).status().value()).isEqualTo(403);
  }
}
