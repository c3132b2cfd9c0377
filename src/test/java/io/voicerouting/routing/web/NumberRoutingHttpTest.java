package io.voicerouting.routing.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.VoiceRoutingApplication;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.testing.BackingServersConfiguration;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.Staleness;
import io.voicerouting.testing.TestTimeouts;
import io.voicerouting.testing.TestTokens;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Calls to phone numbers over HTTP with real servers: what is cached, loaded and evicted. */
@IntegrationTest
class NumberRoutingHttpTest extends AbstractRoutingHttpTest {

  private static final String DECISION = "/api/v1/routing/decision?at=2026-11-23T14:00:00Z&to={to}";
  private static final String NUMBERS = "/api/v1/organizations/{org}/phone-numbers";
  private static final String SCHEDULES = "/api/v1/organizations/{org}/business-hours";
  private static final String OPERATIONS = "/actuator/routing-cache/{org}";

  /** The Cache-Status of a warm decision. */
  private static final String FOUR_HITS = "(voice-routing; hit; ttl=\\d+(, )?){4}";

  @Autowired private List<CachedResource<?>> resources;

  /** Digits that no other test uses. */
  private final String digits =
      "883" + ThreadLocalRandom.current().nextLong(10_000_000, 100_000_000);

  private final String number = "+" + digits;

  @Test
  void coldDecisionRunsOneStatementPerDocumentAndWarmOneNone() {
    extension("1001");
    schedule("organization", "extension", "1001");
    number("{\"number\":\"%s\"}");
    settle();

    long start = statistics.getPrepareStatementCount();
    Answer cold = platform.get(DECISION, number);
    long afterMiss = statistics.getPrepareStatementCount();
    Answer warm = platform.get(DECISION, number);

    assertThat(cold.status().value()).isEqualTo(200);
    assertThat(afterMiss - start).isEqualTo(4); // number, organization, hours, extension
    assertThat(statistics.getPrepareStatementCount()).isEqualTo(afterMiss);
    assertThat(cold.cacheStatus().split(", "))
        .hasSize(4)
        .containsOnly("voice-routing; fwd=miss; stored");
    assertThat(warm.cacheStatus()).matches(FOUR_HITS);
    assertThat(warm.body().at("/organization_id").longValue()).isEqualTo(org);
    assertThat(warm.body().at("/direction").stringValue()).isEqualTo("inbound");
    assertThat(warm.body().at("/path"))
        .extracting(step -> step.stringValue())
        .containsExactly(
            "number:" + number, "business_hours:open", "action:extension:1001", "extension:1001");
    String key = "routing:phone_number:0:" + digits;
    assertThat(redis.get(key)).startsWith("{\"schema_version\":2,").contains("\"caller_rules\":[]");
    assertThat(redis.ttl(key)).isBetween(1_500L, 1_800L);
  }

  @Test
  void warmDecisionByABlockMakesFourLookups() {
    extension("1001");
    schedule("organization", "extension", "1001");
    number("{\"number\":\"%s\",\"match\":\"prefix\"}");
    settle();

    Answer cold = platform.get(DECISION, number + "99");
    await().until(() -> platform.get(DECISION, number + "99").cacheStatus().matches(FOUR_HITS));
    long start = statistics.getPrepareStatementCount();
    Answer warm = platform.get(DECISION, number + "99");

    assertThat(cold.body()).isEqualTo(warm.body());
    assertThat(statistics.getPrepareStatementCount()).isEqualTo(start);
    assertThat(warm.cacheStatus()).matches(FOUR_HITS);
    assertThat(warm.body().at("/path/1").stringValue()).isEqualTo("block:" + number);
    assertThat(redis.get("routing:phone_number:0:" + digits + "99"))
        .isEqualTo("{\"schema_version\":2,\"absent\":true}");
    assertThat(redis.get("routing:phone_number_block:0")).contains(number);
    assertThat(redis.ttl("routing:phone_number:0:" + digits + "99")).isBetween(30L, 60L);
  }

  @Test
  void ownScheduleIsCachedUnderItsId() {
    long schedule = schedule("number", "ring_group", "hotline");
    number("{\"number\":\"%s\",\"hours\":\"own\",\"business_hours_schedule_id\":" + schedule + "}");
    settle();

    await()
        .until(
            () ->
                platform
                    .get(DECISION, number)
                    .cacheStatus()
                    .matches("(voice-routing; hit; ttl=\\d+(, )?){3}"));
    assertThat(group(platform.get(DECISION, number))).isEqualTo("hotline");
    assertThat(redis.get("routing:business_hours:" + org + ":" + schedule))
        .contains("\"scope\":\"number\"");

    admin.send(
        HttpMethod.PUT, hours("number", "ring_group", "other"), SCHEDULES + "/{id}", org, schedule);
    assertThat(group(platform.get(DECISION, number))).isEqualTo("other");
    admin.send(
        HttpMethod.PUT,
        "{\"name\":\"Test\",\"timezone\":\"Asia/Tokyo\"}",
        "/api/v1/organizations/{org}",
        org);
    assertThat(platform.get(DECISION, number).body().at("/business_hours/state").stringValue())
        .isEqualTo("closed");
    admin.delete(SCHEDULES + "/{id}", org, schedule);
    assertThat(platform.get(DECISION, number).body().at("/reason").stringValue())
        .isEqualTo("extension_not_found");
  }

  @Test
  void writesThroughTheApiAreVisibleImmediately() {
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(twice(number).body().at("/reason").stringValue()).isEqualTo("number_not_found");
      long id = number("{\"number\":\"%s\"," + always("first") + "}");
      assertThat(group(twice(number))).isEqualTo("first");
      replace(id, "{\"number\":\"%s\"," + always("second") + "}");
      assertThat(group(twice(number))).isEqualTo("second");
      replace(id, "{\"number\":\"%s\",\"status\":\"inactive\"}");
      assertThat(twice(number).body().at("/reason").stringValue()).isEqualTo("number_inactive");
      replace(id, "{\"number\":\"%s\",\"match\":\"prefix\"," + always("third") + "}");
      assertThat(group(twice(number + "1"))).isEqualTo("third");
      suspend(true);
      assertThat(twice(number + "1").body().at("/reason").stringValue())
          .isEqualTo("organization_inactive");
      suspend(false);
      assertThat(group(twice(number + "1"))).isEqualTo("third");
      admin.delete(NUMBERS + "/{id}", org, id);
      assertThat(twice(number + "1").body().at("/reason").stringValue())
          .isEqualTo("number_not_found");
    }
  }

  @Test
  void numberOfAnotherOrganizationIsNotFound() {
    number("{\"number\":\"%s\"," + always("mine") + "}");
    String path = "/api/v1/organizations/{org}/routing/decision?to={to}";

    assertThat(group(platform.get(path, org, number))).isEqualTo("mine");
    Answer other = platform.get(path, organization(), number);
    assertThat(other.status().value()).isEqualTo(200);
    assertThat(other.body().at("/reason").stringValue()).isEqualTo("number_not_found");
    assertThat(other.body().at("/action/cause").stringValue()).isEqualTo("not_found");
  }

  @Test
  void callMayBePostedWithoutAnOrganization() {
    number(
        "{\"number\":\"%s\",\"caller_rules\":[{\"match\":\"prefix\",\"value\":\"+49\","
            + "\"action\":{\"type\":\"ring_group\",\"target\":\"german\"}}]}");

    Answer decision =
        platform.send(
            HttpMethod.POST,
            "{\"to\":\"" + number + "\",\"from\":\"+49301234\",\"call_sid\":\"CA1\"}",
            "/api/v1/routing/decision");

    assertThat(decision.body().at("/reason").stringValue()).isEqualTo("caller_rule");
    assertThat(group(decision)).isEqualTo("german");
  }

  @Test
  void dialledNumberMayBeAUriOrLackItsEncoding() {
    number("{\"number\":\"%s\"," + always("mine") + "}");

    for (String to :
        List.of(
            "%2B" + digits,
            "+" + digits,
            "sip:%2B" + digits + "%40a.example",
            "client:%2B" + digits)) {
      Answer decision = platform.get(URI.create("/api/v1/routing/decision?to=" + to + "&from=%FC"));
      assertThat(group(decision)).as(to).isEqualTo("mine");
      assertThat(decision.body().at("/to").stringValue()).isEqualTo(number);
    }
  }

  @Test
  void invalidCallsAreRejectedWithAllFieldErrors() {
    Answer query = platform.get("/api/v1/routing/decision?to=1001&direction=up&at=noon");
    assertThat(query.status().value()).isEqualTo(400);
    assertThat(query.body().at("/errors").findValuesAsString("field"))
        .containsExactlyInAnyOrder("to", "direction", "at");
    Answer body = platform.send(HttpMethod.POST, "{\"at\":\"noon\"}", "/api/v1/routing/decision");
    assertThat(body.body().at("/errors").findValuesAsString("field"))
        .containsExactlyInAnyOrder("to", "at");
    assertThat(admin.get(DECISION, number).status().value()).isEqualTo(403);
    assertThat(platform.get("/api/v1/routing/nothing").status().value()).isEqualTo(404);
  }

  @Test
  void clearingAnOrganizationEvictsItsNumbersAndKeepsThoseOfOthers() {
    number("{\"number\":\"%s\"," + always("mine") + "}");
    number("{\"number\":\"%s8\",\"match\":\"prefix\"," + always("block") + "}");
    long mine = org;
    org = organization();
    number("{\"number\":\"%s9\"," + always("other") + "}");
    settle();
    twice(number);
    twice(number + "81");
    twice(number + "9");
    String key = "routing:phone_number:0:" + digits;

    assertThat(keys(mine)).contains(key).doesNotContain(key + "9");
    assertThat(ops.delete(OPERATIONS, mine).body().at("/evicted").asInt()).isPositive();

    assertThat(redis.exists(key, "routing:phone_number_block:0")).isZero();
    assertThat(redis.exists(key + "9")).isEqualTo(1);
    assertThat(keys(mine)).isEmpty();
    assertThat(platform.get(DECISION, number).cacheStatus()).startsWith("voice-routing; fwd=miss");
    assertThat(platform.get(DECISION, number + "9").cacheStatus()).startsWith("voice-routing; hit");
  }

  @Test
  void clearingAnOrganizationVoidsItsNumbersWithoutAnIndex() {
    number("{\"number\":\"%s\"," + always("mine") + "}");
    settle();
    assertThat(twice(number).cacheStatus()).startsWith("voice-routing; hit");
    redis.del("routing:index:" + org);

    ops.delete(OPERATIONS, org);

    assertThat(redis.exists("routing:phone_number:0:" + digits)).isEqualTo(1);
    assertThat(platform.get(DECISION, number).cacheStatus()).startsWith("voice-routing; fwd=miss");
  }

  /** Warming drops keys that their resource does not accept. */
  private boolean isAccepted(CacheKey key) {
    return resources.stream()
        .anyMatch(
            each -> each.name().equals(key.resource()) && each.isKey(key.organizationId(), key));
  }

  @ParameterizedTest
  @CsvSource({
    "business_hours, 7, default",
    "business_hours, 7, 012",
    "phone_number, 0, x",
    "phone_number, 0,",
    "phone_number, 7, 4930123456",
    "organization, 7, 1",
    "extension, 7,"
  })
  void keysOfAnotherFormAreNotAccepted(String resource, long organization, String identifier) {
    assertThat(isAccepted(new CacheKey(resource, organization, identifier))).isFalse();
  }

  @Test
  void operatorsInspectEvictAndWarmNumbers() {
    number("{\"number\":\"%s\"," + always("mine") + "}");
    number("{\"number\":\"%s8\",\"match\":\"prefix\"," + always("block") + "}");
    long schedule = schedule("number", "ring_group", "hotline");
    settle();
    String one = OPERATIONS + "/phone-numbers/{number}";
    String blocks = OPERATIONS + "/phone-number-blocks";
    String hours = OPERATIONS + "/business-hours/{id}";

    assertThat(ops.get(one, org, number).body().at("/cached").booleanValue()).isFalse();
    assertThat(ops.send(HttpMethod.POST, "", OPERATIONS, org).body().at("/loaded").asInt())
        .isEqualTo(3); // number, blocks, schedule
    Answer seen = ops.get(one, org, number);
    assertThat(seen.body().at("/key").stringValue()).isEqualTo("routing:phone_number:0:" + digits);
    assertThat(seen.body().at("/value/number").stringValue()).isEqualTo(number);
    assertThat(ops.get(blocks, org).body().at("/value/blocks/0/block/number").isString()).isTrue();
    assertThat(ops.get(hours, org, schedule).body().at("/value/id").longValue())
        .isEqualTo(schedule);

    List<CacheKey> warmed =
        resources.stream().flatMap(each -> each.keysToWarm(org).stream()).toList();
    assertThat(warmed).hasSizeGreaterThanOrEqualTo(3).allMatch(this::isAccepted);

    long other = organization();
    assertThat(ops.get(one, other, number).body().at("/cached").booleanValue()).isFalse();
    assertThat(ops.delete(one, other, number).body().at("/evicted").asInt()).isZero();
    assertThat(ops.delete(one, org, number).body().at("/evicted").asInt()).isEqualTo(1);
    assertThat(ops.delete(one, org, number).body().at("/evicted").asInt()).isZero();
    assertThat(ops.delete(blocks, org).body().at("/evicted").asInt()).isEqualTo(1);
    assertThat(ops.delete(hours, org, schedule).body().at("/evicted").asInt()).isEqualTo(1);
    for (String path : List.of("", "/phone-numbers/" + digits, "/business-hours")) {
      Answer refused = ops.delete("/actuator/routing-cache/0" + path);
      assertThat(refused.status().value()).as(path).isEqualTo(400);
    }
  }

  @Test
  void bulkChangeOfNumbersEvictsThemAll() {
    jdbc.sql(
            """
            insert into phone_numbers (organization_id, number, hours, open_action_type, open_action_target)
            select ?, ? || n, 'ignore', 'ring_group', 'before' from generate_series(100, 1100) n""")
        .params(org, number)
        .update();
    await()
        .untilAsserted(
            () -> assertThat(group(platform.get(DECISION, number + "100"))).isEqualTo("before"));
    twice(number + "100");
    twice(number + "77"); // the negative entry is cached, too

    jdbc.sql("update phone_numbers set open_action_target = 'after' where organization_id = ?")
        .param(org)
        .update();

    await()
        .untilAsserted(
            () -> assertThat(group(platform.get(DECISION, number + "100"))).isEqualTo("after"));
    assertThat(twice(number + "77").body().at("/reason").stringValue())
        .isEqualTo("number_not_found");
  }

  @Test
  void numberMovedBySqlIsRightOnTwoInstancesWithinASecond() {
    long second = organization();
    long id = number("{\"number\":\"%s\"," + always("group") + "}");
    try (ConfigurableApplicationContext context = startInstance()) {
      RestTestClient otherClient =
          RestTestClient.bindToServer()
              .baseUrl(
                  "http://localhost:" + context.getEnvironment().getProperty("local.server.port"))
              .build();
      Calls other = new Calls(otherClient, TestTokens.PLATFORM);
      List<Calls> instances = List.of(platform, other);
      for (long owner : new long[] {second, org, second}) {
        for (Calls instance : instances) {
          await().until(() -> instance.get(DECISION, number).cacheStatus().contains("hit"));
        }

        jdbc.sql("update phone_numbers set organization_id = ? where id = ?")
            .params(owner, id)
            .update();

        long moved = System.nanoTime();
        awaitOwner(moved, owner, platform, ops);
        awaitOwner(moved, owner, other, new Calls(otherClient, TestTokens.OPS));
      }
    }
  }

  private void awaitOwner(long moved, long owner, Calls instance, Calls operations) {
    Staleness.awaitEnd(
        moved,
        Duration.ofSeconds(1),
        operations,
        () -> organizationOf(instance.get(DECISION, number)),
        answered -> answered != owner && answered != 0,
        answered -> answered == owner);
  }

  private static ConfigurableApplicationContext startInstance() {
    return new SpringApplicationBuilder(
            VoiceRoutingApplication.class, BackingServersConfiguration.class)
        .run(
            TestTimeouts.with(
                "--server.port=0",
                "--routing.security.platform-token=" + TestTokens.PLATFORM,
                "--routing.security.admin-token=" + TestTokens.ADMIN,
                "--routing.security.ops-token=" + TestTokens.OPS));
  }

  private static long organizationOf(Answer decision) {
    return decision.body().at("/organization_id").longValue(0);
  }

  private static String group(Answer decision) {
    return decision.body().at("/action/ring_group_id").asString("");
  }

  private static String always(String group) {
    return "\"hours\":\"ignore\",\"open_action\":{\"type\":\"ring_group\",\"target\":\""
        + group
        + "\"}";
  }

  /** Fills Redis, and from Redis the near cache. */
  private Answer twice(String to) {
    platform.get(DECISION, to);
    return platform.get(DECISION, to);
  }

  private List<String> keys(long organization) {
    return ops.get(OPERATIONS + "?size=200", organization)
        .body()
        .at("/items")
        .valueStream()
        .map(item -> item.path("key").asString())
        .toList();
  }

  /** Creates a number from a body with a place for the number. */
  private long number(String body) {
    Answer created = admin.send(HttpMethod.POST, body.formatted(number), NUMBERS, org);
    assertThat(created.status().value()).as(created.body().toString()).isEqualTo(201);
    return created.body().at("/id").longValue();
  }

  private void replace(long id, String body) {
    Answer replaced =
        admin.send(HttpMethod.PUT, body.formatted(number), NUMBERS + "/{id}", org, id);
    assertThat(replaced.status().value()).as(replaced.body().toString()).isEqualTo(200);
  }

  private void suspend(boolean suspended) {
    admin.send(
        HttpMethod.PUT,
        "{\"name\":\"Test\",\"timezone\":\"America/New_York\",\"status\":\""
            + (suspended ? "suspended" : "active")
            + "\"}",
        "/api/v1/organizations/{org}",
        org);
  }

  private long schedule(String scope, String type, String target) {
    Answer created = admin.send(HttpMethod.POST, hours(scope, type, target), SCHEDULES, org);
    assertThat(created.status().value()).as(created.body().toString()).isEqualTo(201);
    return created.body().at("/id").longValue();
  }

  private static String hours(String scope, String type, String target) {
    return """
    {"name":"Hours","scope":"%s","open_hours_action":{"type":"%s","target":"%s"},
     "closed_hours_action":{"type":"voicemail","target":"main"},
     "schedule":{"monday":{"enabled":true,"time_ranges":[{"start_time":"09:00","end_time":"17:00"}]}}}"""
        .formatted(scope, type, target);
  }
}
