package io.voicerouting.routing.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/** Lookups and decisions over HTTP with real servers: what is cached, loaded and evicted. */
@IntegrationTest
class RoutingHttpTest extends AbstractRoutingHttpTest {

  private static final String EXTENSION = "/api/v1/organizations/{org}/routing/extensions/{number}";
  private static final String SCHEDULE = "/api/v1/organizations/{org}/routing/business-hours";
  private static final String DECISION = "/api/v1/organizations/{org}/routing/decision";

  private static final String OFFICE_HOURS =
      """
      {"name":"Office","open_hours_action":{"type":"extension","target":"1001"},
       "closed_hours_action":{"type":"voicemail","target":"main"},
       "schedule":{"monday":{"enabled":true,"time_ranges":[{"start_time":"09:00","end_time":"17:00"}]}},
       "exceptions":[{"date":"2026-12-25","name":"Christmas","type":"closed","time_ranges":[]},
         {"date":"2026-12-24","name":"Eve","type":"special_hours",
          "time_ranges":[{"start_time":"09:00","end_time":"12:00"}]}]}""";

  @Test
  void missLoadsWithOneStatementAndHitWithNone() {
    extension("1001");
    settle();

    long start = statistics.getPrepareStatementCount();
    Answer miss = platform.get(EXTENSION, org, "1001");
    long afterMiss = statistics.getPrepareStatementCount();
    long connects = statistics.getConnectCount();
    Answer hit = platform.get(EXTENSION, org, "1001");

    assertThat(miss.cacheStatus()).isEqualTo("voice-routing; fwd=miss; stored");
    assertThat(afterMiss - start).isEqualTo(1);
    assertThat(hit.cacheStatus()).matches("voice-routing; hit; ttl=1[67]\\d\\d");
    assertThat(statistics.getPrepareStatementCount()).isEqualTo(afterMiss);
    assertThat(statistics.getConnectCount()).isEqualTo(connects);
    assertThat(hit.body()).isEqualTo(miss.body());
  }

  @Test
  void scheduleLoadsWithOneStatementAndHitWithNone() {
    schedule();
    settle();

    long start = statistics.getPrepareStatementCount();
    Answer miss = platform.get(SCHEDULE, org);
    long afterMiss = statistics.getPrepareStatementCount();
    Answer hit = platform.get(SCHEDULE, org);

    assertThat(miss.cacheStatus()).isEqualTo("voice-routing; fwd=miss; stored");
    assertThat(afterMiss - start).isEqualTo(1);
    assertThat(hit.cacheStatus()).startsWith("voice-routing; hit; ttl=8");
    assertThat(statistics.getPrepareStatementCount()).isEqualTo(afterMiss);
    assertThat(hit.body()).isEqualTo(miss.body());
    assertThat(hit.body().at("/effective_timezone").stringValue()).isEqualTo("America/New_York");
    assertThat(hit.body().at("/exceptions/1/date").stringValue()).isEqualTo("2026-12-25");
  }

  @Test
  void redisHoldsReadableJsonWithATtl() {
    extension("1001");
    settle();
    platform.get(EXTENSION, org, "1001");
    platform.get(EXTENSION, org, "1002");

    String key = "routing:extension:" + org + ":1001";
    assertThat(redis.get(key))
        .startsWith("{\"schema_version\":2,\"crc32c\":\"")
        .contains("\"extension_number\":\"1001\"");
    assertThat(redis.ttl(key)).isBetween(1_500L, 1_800L);
    String absent = "routing:extension:" + org + ":1002";
    assertThat(redis.get(absent)).isEqualTo("{\"schema_version\":2,\"absent\":true}");
    assertThat(redis.ttl(absent)).isBetween(30L, 60L);
    assertThat(redis.zrange("routing:index:" + org, 0, -1)).contains(key, absent);
    assertThat(redis.exists("routing:lease:{" + key + "}")).isZero();
  }

  @Test
  void answersHaveOnlyTheHeadersThatAPlatformNeeds() {
    extension("1001");
    settle();

    HttpHeaders found = platform.get(EXTENSION, org, "1001").headers();

    assertThat(found.headerNames().stream().map(name -> name.toLowerCase(Locale.ROOT)))
        .containsExactlyInAnyOrder(
            "cache-control", "cache-status", "content-type", "content-length", "date");
    assertThat(found.getCacheControl()).isEqualTo("no-store");
    assertThat(platform.get(EXTENSION, org, "1002").headers().getCacheControl())
        .isEqualTo("no-store");
  }

  @Test
  void unreadableEntryIsReplaced() {
    extension("1001");
    settle();
    String key = "routing:extension:" + org + ":1001";

    redis.setex(key, 100, "{\"schema_version\":1,\"id\":1}");
    assertFreshly(platform.get(EXTENSION, org, "1001"));
    redis.setex(key, 100, "not json");
    assertFreshly(platform.get(EXTENSION, org, "1001"));
    redis.setex(key, 100, "{\"schema_version\":2,\"id\":\"x\"}");
    assertFreshly(platform.get(EXTENSION, org, "1001"));
    redis.del(key);
    redis.lpush(key, "a list");
    assertFreshly(platform.get(EXTENSION, org, "1001"));
  }

  @Test
  void renumberingEvictsOldAndNewNumber() {
    long id = extension("1001");
    platform.get(EXTENSION, org, "1001");
    assertThat(platform.get(EXTENSION, org, "1002").status().value()).isEqualTo(404);

    admin.send(
        HttpMethod.PUT, user("1002"), "/api/v1/organizations/{org}/extensions/{id}", org, id);

    Answer old = platform.get(EXTENSION, org, "1001");
    assertThat(old.status().value()).isEqualTo(404);
    assertThat(old.body().at("/type").stringValue()).isEqualTo("/problems/extension-not-found");
    assertThat(platform.get(EXTENSION, org, "1002").status().value()).isEqualTo(200);
  }

  @Test
  void deletingEvicts() {
    long id = extension("1001");
    platform.get(EXTENSION, org, "1001");

    admin.delete("/api/v1/organizations/{org}/extensions/{id}", org, id);

    assertThat(platform.get(EXTENSION, org, "1001").status().value()).isEqualTo(404);
  }

  @Test
  void refusedWriteEvictsNothing() {
    long id = extension("1001");
    extension("1002");
    settle();
    platform.get(EXTENSION, org, "1001");

    Answer refused =
        admin.send(
            HttpMethod.PUT, user("1002"), "/api/v1/organizations/{org}/extensions/{id}", org, id);

    assertThat(refused.status().value()).isEqualTo(409);
    assertThat(platform.get(EXTENSION, org, "1001").cacheStatus()).startsWith("voice-routing; hit");
  }

  @Test
  void changedZoneOfTheOrganizationEvictsItsSchedule() {
    schedule();
    String status = SCHEDULE + "/status?at=2026-11-23T14:30:00Z"; // Monday, 09:30 in New York
    assertThat(platform.get(status, org).body().at("/state").stringValue()).isEqualTo("open");

    admin.send(
        HttpMethod.PUT,
        "{\"name\":\"Test\",\"timezone\":\"Asia/Tokyo\"}",
        "/api/v1/organizations/{org}",
        org);

    Answer moved = platform.get(status, org);
    assertThat(moved.body().at("/state").stringValue()).isEqualTo("closed");
    assertThat(moved.body().at("/local_time").stringValue()).isEqualTo("2026-11-23T23:30:00+09:00");
  }

  @Test
  void changeOfNestedRowsBySqlIsEvicted() {
    schedule();
    platform.get(SCHEDULE, org);

    jdbc.sql(
            """
            update business_hours_time_ranges set end_time = '24:00' where business_hours_schedule_day_id in
              (select d.id from business_hours_schedule_days d join business_hours_schedules s
                 on s.id = d.business_hours_schedule_id where s.organization_id = ?)""")
        .param(org)
        .update();

    await()
        .untilAsserted(
            () ->
                assertThat(
                        platform
                            .get(SCHEDULE, org)
                            .body()
                            .at("/schedule/monday/time_ranges/0/end_time")
                            .stringValue())
                    .isEqualTo("24:00"));
  }

  @Test
  void warmDecisionRunsNoStatementAndReportsEachLookup() {
    extension("1001");
    schedule();
    settle();
    String call = DECISION + "?direction=inbound&at=2026-11-23T14:00:00Z";
    platform.get(call, org);

    long start = statistics.getPrepareStatementCount();
    Answer decision = platform.get(call, org);

    assertThat(statistics.getPrepareStatementCount()).isEqualTo(start);
    assertThat(decision.cacheStatus())
        .matches(
            "voice-routing; hit; ttl=\\d+, voice-routing; hit; ttl=\\d+, voice-routing; hit; ttl=\\d+");
    assertThat(decision.body().at("/outcome").stringValue()).isEqualTo("route");
    assertThat(decision.body().at("/reason").stringValue()).isEqualTo("open_hours_action");
    assertThat(decision.body().at("/valid_until").stringValue()).isEqualTo("2026-11-23T22:00:00Z");
  }

  @Test
  void decisionChangesAtTheMinuteWithACachedSchedule() {
    extension("1001");
    schedule();
    settle();

    Answer before = platform.get(DECISION + "?direction=inbound&at=2026-11-23T21:59:59.9Z", org);
    Answer after = platform.get(DECISION + "?direction=inbound&at=2026-11-23T22:00:00Z", org);

    assertThat(before.body().at("/business_hours/state").stringValue()).isEqualTo("open");
    assertThat(after.body().at("/business_hours/state").stringValue()).isEqualTo("closed");
    assertThat(after.body().at("/action/mailbox").stringValue()).isEqualTo("main");
    assertThat(after.cacheStatus()).contains("hit");
  }

  @Test
  void lunchCallUsesTheActionOfItsRange() {
    admin.send(
        HttpMethod.POST,
        OFFICE_HOURS
            .replace(
                "\"09:00\",\"end_time\":\"17:00\"",
                "\"09:00\",\"end_time\":\"10:00\",\"action\":null")
            .replace(
                "}]}},",
                "},{\"start_time\":\"10:00\",\"end_time\":\"17:00\","
                    + "\"action\":{\"type\":\"voicemail\",\"target\":\"lunch\"}}]}},"),
        "/api/v1/organizations/{org}/business-hours",
        org);
    String at = "at=2026-11-23T15:00:00Z";

    Answer decision = platform.get(DECISION + "?direction=inbound&" + at, org);
    assertThat(decision.body().at("/action/mailbox").asString()).isEqualTo("lunch");
    assertThat(decision.body().at("/valid_until").asString()).isEqualTo("2026-11-23T22:00:00Z");
    Answer before = platform.get(DECISION + "?direction=inbound&at=2026-11-23T14:00:00Z", org);
    assertThat(before.body().at("/valid_until").asString()).isEqualTo("2026-11-23T15:00:00Z");
    assertThat(before.body().at("/business_hours/next_change_at").asString())
        .isEqualTo("2026-11-23T22:00:00Z");
    Answer status = platform.get(SCHEDULE + "/status?" + at, org);
    assertThat(status.body().at("/action").toString())
        .isEqualTo("{\"type\":\"voicemail\",\"target\":\"lunch\"}");
    assertThat(status.body().at("/state").asString()).isEqualTo("open");
    assertThat(platform.get(SCHEDULE, org).body().at("/schedule/monday/time_ranges").toString())
        .isEqualTo(
            """
            [{"start_time":"09:00","end_time":"10:00"},{"start_time":"10:00","end_time":"17:00",\
            "action":{"type":"voicemail","target":"lunch"}}]""");
  }

  @Test
  void invalidActionOfARangeBySqlIsInvalidConfiguration() {
    schedule();
    String at = "at=2026-11-23T15:00:00Z";
    platform.get(DECISION + "?direction=inbound&" + at, org);

    jdbc.sql(
            """
            update business_hours_time_ranges set action_type = 'external', action_target = 'desk'
            where business_hours_schedule_day_id in
              (select d.id from business_hours_schedule_days d join business_hours_schedules s
                 on s.id = d.business_hours_schedule_id where s.organization_id = ?)""")
        .param(org)
        .update();

    await()
        .untilAsserted(
            () ->
                assertThat(
                        platform
                            .get(DECISION + "?direction=inbound&" + at, org)
                            .body()
                            .at("/reason")
                            .asString())
                    .isEqualTo("configuration_invalid"));
    assertThat(platform.get(SCHEDULE + "/status?" + at, org).body().at("/action/target").asString())
        .isEqualTo("desk");
  }

  @Test
  void missedCallIsLookedUpLikeTheCallItself() {
    extension("1002");
    send(
        """
        {"extension_number":"1001","type":"user","voicemail_enabled":true,
         "configuration":{"no_answer_to":"1002"}}""");
    settle();

    long start = statistics.getPrepareStatementCount();
    platform.get(DECISION + "?to=1001", org);
    long afterMiss = statistics.getPrepareStatementCount();
    Answer warm = platform.get(DECISION + "?to=1001", org);

    assertThat(afterMiss - start).isEqualTo(3); // organization and two extensions
    assertThat(statistics.getPrepareStatementCount()).isEqualTo(afterMiss);
    assertThat(warm.cacheStatus().split(", ")).hasSize(3);
    assertThat(warm.body().at("/action").toString())
        .isEqualTo(
            """
            {"type":"dial_extension","extension":"1001","timeout_seconds":30,\
            "then":{"type":"dial_extension","extension":"1002","timeout_seconds":30,"then":null}}""");
    assertThat(warm.body().at("/path").toString())
        .isEqualTo("[\"extension:1001\",\"no_answer:1002\",\"extension:1002\"]");
  }

  @Test
  void doNotDisturbBySqlIsEvicted() {
    extension("1001");
    platform.get(DECISION + "?to=1001", org);

    jdbc.sql("update extensions set do_not_disturb = true where organization_id = ?")
        .param(org)
        .update();

    await()
        .untilAsserted(
            () ->
                assertThat(platform.get(DECISION + "?to=1001", org).body().at("/reason").asString())
                    .isEqualTo("do_not_disturb"));
    assertThat(platform.get(DECISION + "?to=1001", org).body().at("/action/cause").asString())
        .isEqualTo("unavailable");
  }

  @Test
  void nationalNumberBySqlIsNotFound() {
    row("1001", "{\"forward_to\": \"01712345678\"}");
    assertThat(platform.get(DECISION + "?to=1001", org).body().at("/reason").asString())
        .isEqualTo("forward_target_not_found");
  }

  @Test
  void postedCallMayHaveUnknownMembers() {
    extension("1001");
    Answer decision =
        platform.send(
            HttpMethod.POST,
            "{\"to\":\"1001\",\"from\":\"+15550100\",\"call_sid\":\"CA1\"}",
            DECISION,
            org);

    assertThat(decision.status().value()).isEqualTo(200);
    assertThat(decision.body().at("/action/extension").stringValue()).isEqualTo("1001");
  }

  @Test
  void invalidCallsAreRejectedWithFieldErrors() {
    Answer refused =
        platform.send(
            HttpMethod.POST,
            "{\"to\":\"abc\",\"direction\":\"up\",\"at\":\"tomorrow\"}",
            DECISION,
            org);

    assertThat(refused.status().value()).isEqualTo(400);
    assertThat(refused.body().at("/errors").findValuesAsString("field"))
        .containsExactlyInAnyOrder("to", "direction", "at");
    Answer query = platform.get(DECISION + "?to=abc&direction=up&at=2026-02-29T00:00:00Z", org);
    assertThat(query.status().value()).isEqualTo(400);
    assertThat(query.body().at("/errors").findValuesAsString("field"))
        .containsExactlyInAnyOrder("to", "direction", "at");
    assertThat(query.body().at("/errors").findValuesAsString("message"))
        .contains("'2026-02-29T00:00:00Z' (expected: RFC 3339 instant, years 0001 to 9998)");
    assertThat(platform.get(DECISION, org).body().at("/errors/0/field").stringValue())
        .isEqualTo("to");
    Answer tooLarge = platform.get(DECISION + "?to=1", "9223372036854775808");
    assertThat(tooLarge.body().at("/errors/0/message").stringValue())
        .isEqualTo("'9223372036854775808' (expected: a positive 64-bit integer)");
    Answer status = platform.get(SCHEDULE + "/status?at=2026-02-29T00:00:00Z", org);
    assertThat(status.body().at("/errors/0/message").stringValue())
        .isEqualTo("'2026-02-29T00:00:00Z' (expected: RFC 3339 instant, years 0001 to 9998)");
  }

  @Test
  void invalidOrganizationIsReportedWithOtherErrors() {
    String invalid = "/api/v1/organizations/0/routing/decision";
    Answer queried = platform.get(invalid + "?to=x&direction=up&at=noon");
    Answer posted =
        platform.send(
            HttpMethod.POST, "{\"to\":\"x\",\"direction\":\"up\",\"at\":\"noon\"}", invalid);

    for (Answer refused : List.of(queried, posted)) {
      assertThat(refused.status().value()).isEqualTo(400);
      assertThat(refused.body().at("/errors"))
          .extracting(error -> error.path("field").asString())
          .containsExactlyInAnyOrder("org", "to", "direction", "at");
    }
  }

  @Test
  void unencodedPlusOfAnOffsetIsAccepted() {
    extension("1001");
    Answer decision =
        platform.get(
            DECISION + "?to=1001&from={from}&at=2026-11-23T19:45:00+05:45", org, "+15550100");

    assertThat(decision.body().at("/from").stringValue()).isEqualTo("+15550100");
    assertThat(decision.body().at("/evaluated_at").stringValue()).isEqualTo("2026-11-23T14:00:00Z");
  }

  @Test
  void invalidRowsGiveADecision() {
    jdbc.sql("update organizations set timezone = 'Mars/Phobos' where id = ?").param(org).update();
    schedule();
    row("1001", "{\"timeout_seconds\": " + "9".repeat(2_000) + "}");
    row("1002", "{\"x\": " + "[".repeat(2_000) + "]".repeat(2_000) + "}");
    settle();

    assertThat(
            platform.get(DECISION + "?direction=inbound", org).body().at("/reason").stringValue())
        .isEqualTo("configuration_invalid");
    Answer status = platform.get(SCHEDULE + "/status", org);
    assertThat(status.status().value()).isEqualTo(404);
    assertThat(status.body().at("/detail").stringValue()).contains("Mars/Phobos");
    assertThat(platform.get(SCHEDULE, org).status().value()).isEqualTo(200);
    for (String number : new String[] {"1001", "1002"}) {
      Answer decision = platform.get(DECISION + "?to=" + number, org);
      assertThat(decision.body().at("/action/timeout_seconds").asInt()).isEqualTo(30);
      assertThat(platform.get(EXTENSION, org, number).cacheStatus()).contains("hit");
    }
    Answer listed = admin.get("/api/v1/organizations/{org}/extensions", org);
    assertThat(listed.body().at("/total").asInt()).isEqualTo(2);
  }

  @Test
  void clearingOneOrganizationKeepsOthers() {
    extension("1001");
    settle();
    platform.get(EXTENSION, org, "1001");
    platform.get(EXTENSION, org, "1999");
    long other = organization();
    platform.get(EXTENSION, other, "1001");

    Answer listed = ops.get("/actuator/routing-cache/{org}", org);
    Answer cleared = ops.delete("/actuator/routing-cache/{org}", org);

    assertThat(cleared.body().at("/evicted").asInt()).as(listed.body().toString()).isEqualTo(2);
    assertThat(redis.exists("routing:extension:" + org + ":1001")).isZero();
    assertThat(redis.exists("routing:extension:" + org + ":1999")).isZero();
    assertThat(redis.exists("routing:extension:" + other + ":1001")).isEqualTo(1);
    assertThat(ops.get("/actuator/routing-cache/{org}", org).body().at("/total").asInt()).isZero();
  }

  @Test
  void operatorsInspectEvictAndWarm() {
    extension("1001");
    schedule();
    settle();
    String one = "/actuator/routing-cache/{org}/extensions/{number}";
    String hours = "/actuator/routing-cache/{org}/business-hours";

    assertThat(ops.get(one, org, "1001").body().at("/cached").booleanValue()).isFalse();
    Answer warmed = ops.send(HttpMethod.POST, "", "/actuator/routing-cache/{org}", org);
    assertThat(warmed.body().at("/loaded").asInt())
        .isEqualTo(3); // organization, extension, schedule
    assertThat(
            platform
                .get("/api/v1/organizations/{org}/routing/decision?direction=inbound&to=1001", org)
                .cacheStatus())
        .contains("hit")
        .doesNotContain("fwd=");
    Answer seen = ops.get(one, org, "1001");
    assertThat(seen.body().at("/key").stringValue())
        .isEqualTo("routing:extension:" + org + ":1001");
    assertThat(seen.body().at("/value/extension_number").stringValue()).isEqualTo("1001");
    assertThat(seen.body().at("/ttl_seconds").asInt()).isPositive();
    assertThat(
            ops.get("/actuator/routing-cache/{org}", org).body().at("/items/0/key").stringValue())
        .isEqualTo("routing:business_hours:" + org);
    assertThat(ops.delete(one, org, "1001").body().at("/evicted").asInt()).isEqualTo(1);
    assertThat(ops.delete(one, org, "1001").body().at("/evicted").asInt()).isZero();
    assertThat(ops.delete(hours, org).body().at("/evicted").asInt()).isEqualTo(1);
    assertThat(ops.get("/actuator/routing-cache").body().at("/redis/state").stringValue())
        .isNotEmpty();
    assertThat(
            ops.get("/actuator/caches")
                .body()
                .at("/cacheManagers/cacheManager/caches")
                .propertyNames())
        .containsExactlyInAnyOrder(
            "extension",
            "business_hours",
            "organization",
            "phone_number",
            "phone_number_block",
            "sip_domain",
            "token");
    assertThat(ops.get("/actuator/env").status().value()).isEqualTo(404);
  }

  @Test
  void inspectionDoesNotLoad() {
    schedule();
    settle();
    platform.get(SCHEDULE, org);
    platform.get(EXTENSION, org, "1999"); // the negative entry is cached, too
    platform.get(EXTENSION, org, "1998");
    redis.lpush("routing:extension:" + org + ":1", "no", "string");
    String one = "/actuator/routing-cache/{org}/extensions/{number}";

    Answer hours = ops.get("/actuator/routing-cache/{org}/business-hours", org);
    assertThat(hours.body().at("/key").stringValue()).isEqualTo("routing:business_hours:" + org);
    assertThat(hours.body().at("/value/name").stringValue()).isEqualTo("Office");
    Answer none = ops.get(one, org, "1999");
    assertThat(none.body().at("/cached").booleanValue()).isTrue();
    assertThat(none.body().at("/value/absent").booleanValue()).isTrue();
    Answer odd = ops.get(one, org, "1");
    assertThat(odd.body().at("/cached").booleanValue()).isTrue();
    assertThat(odd.body().at("/value").isNull()).isTrue();
    Answer page = ops.get("/actuator/routing-cache/{org}?page=1&size=2", org);
    assertThat(page.body().at("/total").asInt()).isEqualTo(3);
    assertThat(page.body().at("/items").size()).isEqualTo(1);
    assertThat(page.body().at("/items/0/key").stringValue())
        .isEqualTo("routing:extension:" + org + ":1999");
    assertThat(page.body().at("/items/0/ttl_seconds").asInt()).isBetween(1, 60);
  }

  @Test
  void operatorsClearAllOrganizations() {
    long other = organization();
    extension("1001");
    settle();
    platform.get(EXTENSION, org, "1001");
    platform.get(EXTENSION, other, "1001");

    Answer cleared = ops.delete("/actuator/routing-cache");

    assertThat(cleared.body().at("/evicted").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(redis.exists("routing:extension:" + org + ":1001")).isZero();
    assertThat(redis.exists("routing:extension:" + other + ":1001")).isZero();
    assertThat(platform.get(EXTENSION, org, "1001").cacheStatus())
        .isEqualTo("voice-routing; fwd=miss; stored");
  }

  @Test
  void organizationWithoutActiveScheduleIsNotFound() {
    for (String path : List.of(SCHEDULE, SCHEDULE + "/status")) {
      Answer answer = platform.get(path, org);

      assertThat(answer.status().value()).isEqualTo(404);
      assertThat(answer.body().at("/type").stringValue()).isEqualTo("/problems/no-active-schedule");
      assertThat(answer.cacheStatus()).startsWith("voice-routing; ");
    }
  }

  @Test
  void metersHaveDocumentedNames() {
    platform.get(EXTENSION, org, "1001");
    String meters =
        client
            .get()
            .uri("/actuator/prometheus")
            .header("Authorization", "Bearer " + TestTokens.OPS)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody();

    assertThat(meters)
        .contains(
            "cache_gets_total{cache=\"extension\",result=\"miss\"}",
            "cache_puts_total{cache=\"extension\"}",
            "cache_evictions_total{cache=\"extension\",cause=\"change\"}",
            "cache_load_duration_seconds_count{cache=\"extension\"}",
            "cache_load_duration_seconds_bucket{cache=\"extension\",le=\"0.3\"}",
            "uri=\"/api/v1/organizations/{org}/routing/extensions/{number}\",le=\"0.3\"}",
            "routing_cache_state{state=\"trusted\"} 1.0",
            "routing_cache_state{state=\"degraded\"} 0.0",
            "routing_cache_loads_failed_total{cache=\"extension\"}",
            "routing_cache_passes_total{result=\"completed\"}",
            "routing_cache_outbox_backlog",
            "routing_cache_trust_age_seconds")
        .doesNotContain("routing:extension:", "organization=", "organization_id=", "quantile=");
  }

  @Test
  void healthDetailsAreForOperators() {
    assertThat(ops.get("/actuator/health").body().at("/components/redis").isMissingNode())
        .isFalse();
    Answer open = new Calls(client, "").get("/actuator/health/readiness");
    assertThat(open.status().value()).isEqualTo(200);
    assertThat(open.body().propertyNames()).containsExactly("status");
    assertThat(ops.get("/actuator/info").status().value()).isEqualTo(200);
    assertThat(ops.get("/actuator/loggers/io.voicerouting").status().value()).isEqualTo(200);
  }

  @Test
  void bodiesOfOperationsAboveOneMebibyteAreRejected() {
    String tooLong = "{\"configuredLevel\":\"" + "x".repeat(1 << 20) + "\"}";

    Answer refused = ops.send(HttpMethod.POST, tooLong, "/actuator/loggers/io.voicerouting");

    assertThat(refused.status().value()).isEqualTo(413);
    assertThat(refused.body().at("/type").stringValue()).isEqualTo("/problems/content-too-large");
  }

  @Test
  void summaryShowsTheCache() {
    platform.get(EXTENSION, org, "1001");
    JsonNode summary = ops.get("/actuator/routing-cache").body();

    for (String resource : List.of("extension", "business_hours", "organization")) {
      assertThat(summary.path("resources").path(resource).propertyNames())
          .containsExactlyInAnyOrder(
              "hits",
              "misses",
              "hit_ratio",
              "loads",
              "load_p50_ms",
              "load_p99_ms",
              "evictions",
              "rejected_fills",
              "fallbacks");
    }
    assertThat(summary.at("/resources/extension/loads").asInt()).isPositive();
    assertThat(summary.at("/resources/extension/load_p50_ms").isNumber()).isTrue();
    assertThat(summary.at("/redis/trust_age_ms").isNumber()).isTrue();
    assertThat(summary.path("near_cache").propertyNames())
        .containsExactlyInAnyOrder("enabled", "trusted", "entries", "weight_bytes");
    assertThat(summary.at("/near_cache/enabled").booleanValue()).isTrue();
    assertThat(summary.path("outbox").propertyNames())
        .containsExactlyInAnyOrder("backlog", "lag_ms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          routing-cache/abc                | 400 | org: 'abc' (expected: a positive 64-bit integer)
          routing-cache/0/business-hours   | 400 | org: '0' (expected: a positive 64-bit integer)
          routing-cache/1/extensions/abc   | 400 | identifier: 'abc' (expected: [0-9*#+]{1,16})
          routing-cache/1?page=x           | 400 | page: 'x' (expected: a whole number)
          routing-cache/1?size=201         | 400 | size: '201' (expected: 1 to 200)
          routing-cache/1/nothing          | 404 | 'nothing' (expected: one of business-hours, extensions, organizations, phone-number-blocks, phone-numbers, sip-domains, tokens)
          health/nothing                   | 404 | There is no resource at this path.
          metrics/nothing                  | 404 | There is no resource at this path.
          """)
  void invalidOperationsAreProblems(String path, int status, String detail) {
    Answer refused = ops.get("/actuator/" + path);

    assertThat(refused.status().value()).isEqualTo(status);
    assertThat(refused.headers().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
    assertThat(refused.body().at("/detail").stringValue()).isEqualTo(detail);
  }

  private void assertFreshly(Answer answer) {
    assertThat(answer.status().value()).isEqualTo(200);
    assertThat(answer.cacheStatus()).isEqualTo("voice-routing; fwd=miss; stored");
    assertThat(redis.get("routing:extension:" + org + ":1001"))
        .contains("\"extension_number\":\"1001\"");
  }

  /** Inserts a user like another application, and waits until it is evicted everywhere. */
  private void row(String number, String configuration) {
    jdbc.sql(
            """
            insert into extensions (organization_id, extension_number, type, configuration)
            values (?, ?, 'user', ?::jsonb)""")
        .params(org, number, configuration)
        .update();
    await()
        .until(
            () ->
                jdbc.sql(
                        """
                        select count(*) = 0 from routing_cache_eviction
                        where organization_id = ? and done_at is null""")
                    .param(org)
                    .query(Boolean.class)
                    .single());
  }

  /** Creates an extension. */
  private long send(String extension) {
    return admin
        .send(HttpMethod.POST, extension, "/api/v1/organizations/{org}/extensions", org)
        .body()
        .at("/id")
        .longValue();
  }

  private void schedule() {
    Answer created =
        admin.send(
            HttpMethod.POST, OFFICE_HOURS, "/api/v1/organizations/{org}/business-hours", org);
    assertThat(created.status().value()).isEqualTo(201);
  }

  private static String user(String number) {
    return "{\"extension_number\":\"" + number + "\",\"type\":\"user\"}";
  }
}
