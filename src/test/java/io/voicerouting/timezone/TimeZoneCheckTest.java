package io.voicerouting.timezone;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicerouting.common.TimeZones;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.MadeTzdb;
import io.voicerouting.testing.TestTokens;
import io.voicerouting.testing.ThreadLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/**
 * Africa/Casablanca is at +01:00 on 2026-11-30 by the rules 2026a, and at +00:00 by the rules
 * 2026d. A fixed offset stands for each of them.
 */
@IntegrationTest
class TimeZoneCheckTest {

  private static final String ZONE = "Africa/Casablanca";
  private static final Instant MONDAY = Instant.parse("2026-11-30T08:30:00Z");
  private static final Clock CLOCK = Clock.fixed(MONDAY, ZoneOffset.UTC);
  private static final ZoneOffset OF_2026A = ZoneOffset.ofHours(1);
  private static final ZoneOffset OF_2026D = ZoneOffset.UTC;

  @Autowired private RestTestClient client;
  @Autowired private JdbcClient jdbc;
  @Autowired private MeterRegistry registry;
  @TempDir private Path directory;

  @AfterEach
  void useRulesOfJvm() {
    TimeZones.useRulesOfJvm();
    jdbc.sql("delete from routing_instance").update();
  }

  @Test
  void loadedRulesDecide() throws IOException {
    use("2026a", OF_2026A);
    assertThat(state(office())).isEqualTo("open");

    use("2026d", OF_2026D);
    assertThat(state(office())).isEqualTo("closed");
  }

  @Test
  void differenceFromTheDatabaseIsReported() throws IOException {
    office();
    ZoneOffset there = offsetInDatabase();
    ZoneOffset here = there.equals(OF_2026A) ? OF_2026D : OF_2026A;
    use("2026x", here);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();

    try (ThreadLog log = ThreadLog.listen()) {
      check(meters).run();

      assertThat(log.messages())
          .filteredOn(message -> message.contains("differ from PostgreSQL's"))
          .singleElement()
          .asString()
          .contains("Time zone rules 2026x differ from PostgreSQL's for ")
          .contains("Africa/Casablanca at 2026-11-30T08:30:00Z (")
          .contains(("(" + here + " here, " + there + " there)").replace("Z", "+00:00"));
    }
    assertThat(meters.get("routing.tzdata.differing.zones").gauge().value()).isPositive();
  }

  @Test
  void transitionThatOnlyMovedByAnHourIsFound() throws IOException {
    office();
    ZoneRules berlin = TimeZones.resolve("Europe/Berlin").getRules();
    ZoneRules later =
        ZoneRules.of(
            berlin.getStandardOffset(MONDAY),
            berlin.previousTransition(MONDAY).getOffsetBefore(),
            List.of(),
            List.of(berlin.previousTransition(MONDAY)),
            berlin.getTransitionRules().stream().map(TimeZoneCheckTest::anHourLater).toList());
    create("Europe/Berlin");
    TimeZones.useRulesOf(
        MadeTzdb.write(directory.resolve("t"), "2026x", Map.of("Europe/Berlin", later)));

    assertThat(new DatabaseTimeZones(jdbc).differences(MONDAY))
        .filteredOn(difference -> difference.zone().equals("Europe/Berlin"))
        .singleElement()
        .satisfies(
            difference ->
                assertThat(difference.at()).isEqualTo(Instant.parse("2027-03-28T01:59:59Z")));
  }

  @Test
  void equalRulesAndNamesThatOneSideDoesNotKnowAreNotReported() throws IOException {
    create("Europe/Berlin");
    jdbc.sql("insert into organizations (name, timezone) values ('T', ?), ('T', ?)")
        .params("SystemV/EST5", "Mars/Phobos")
        .update();

    assertThat(new DatabaseTimeZones(jdbc).differences(MONDAY))
        .extracting(ZoneDifference::zone)
        .doesNotContain("Europe/Berlin", "SystemV/EST5", "Mars/Phobos");
  }

  @Test
  void anotherInstanceWithOtherRulesIsReportedOnce() {
    jdbc.sql(
            "insert into routing_instance (id, host, tzdata, seen_at) values"
                + " (gen_random_uuid(), 'pbx-7', '1999z', now()),"
                + " (gen_random_uuid(), 'stopped', '1998z', now() - interval '4 minutes')")
        .update();
    TimeZoneCheck check = check(new SimpleMeterRegistry());

    try (ThreadLog log = ThreadLog.listen()) { // the application checks now and then, too
      check.run();
      check.run();

      assertThat(log.messages())
          .filteredOn(message -> message.contains("Instances have different time zone rules"))
          .singleElement()
          .asString()
          .endsWith(": " + TimeZones.version() + " here, 1999z on pbx-7");
    }
  }

  @Test
  void versionIsShown() {
    Calls ops = new Calls(client, TestTokens.OPS);

    assertThat(ops.get("/actuator/info").body().at("/tzdata/version").stringValue())
        .isEqualTo(TimeZones.version());
    assertThat(
            registry.get("routing.tzdata.info").tag("version", TimeZones.version()).gauge().value())
        .isEqualTo(1);
  }

  private TimeZoneCheck check(MeterRegistry meters) {
    return new TimeZoneCheck(
        new InstanceTimeZones(jdbc, TimeZones.version()),
        new DatabaseTimeZones(jdbc),
        meters,
        CLOCK);
  }

  private static ZoneOffsetTransitionRule anHourLater(ZoneOffsetTransitionRule rule) {
    return ZoneOffsetTransitionRule.of(
        rule.getMonth(),
        rule.getDayOfMonthIndicator(),
        rule.getDayOfWeek(),
        rule.getLocalTime().plusHours(1),
        rule.isMidnightEndOfDay(),
        rule.getTimeDefinition(),
        rule.getStandardOffset(),
        rule.getOffsetBefore(),
        rule.getOffsetAfter());
  }

  private void use(String version, ZoneOffset offset) throws IOException {
    TimeZones.useRulesOf(
        MadeTzdb.write(directory.resolve(version), version, Map.of(ZONE, ZoneRules.of(offset))));
  }

  private ZoneOffset offsetInDatabase() {
    return ZoneOffset.ofTotalSeconds(
        jdbc.sql(
                "select extract(epoch from (at at time zone '%s') - (at at time zone 'UTC'))::int"
                        .formatted(ZONE)
                    + " from (values (timestamptz '2026-11-30T08:30:00Z')) as t (at)")
            .query(Integer.class)
            .single());
  }

  /** An organization in Casablanca with hours from 9 to 17 on Mondays. */
  private String office() {
    String organization = create(ZONE);
    new Calls(client, TestTokens.ADMIN)
        .send(
            HttpMethod.POST,
            """
            {"name":"Office",
             "open_hours_action":{"type":"ring_group","target":"day"},
             "closed_hours_action":{"type":"ring_group","target":"night"},
             "schedule":{"monday":{"enabled":true,
               "time_ranges":[{"start_time":"09:00","end_time":"17:00"}]}}}""",
            organization + "/business-hours");
    return organization;
  }

  private String create(String zone) {
    return String.valueOf(
        new Calls(client, TestTokens.ADMIN)
            .send(
                HttpMethod.POST,
                "{\"name\":\"T\",\"timezone\":\"" + zone + "\"}",
                "/api/v1/organizations")
            .headers()
            .getLocation());
  }

  private String state(String organization) {
    JsonNode status =
        new Calls(client, TestTokens.PLATFORM)
            .get(organization + "/routing/business-hours/status?at=" + MONDAY)
            .body();
    return status.path("state").asString();
  }
}
