package io.voicerouting.routing.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Evictions of many documents at {@code POST /actuator/routing-cache/evictions}. */
@IntegrationTest
class BulkEvictionHttpTest extends AbstractRoutingHttpTest {

  private static final String PATH = "/actuator/routing-cache/evictions";
  private static final String EXTENSION = "/api/v1/organizations/{org}/routing/extensions/{number}";
  private static final String DECISION = "/api/v1/organizations/{org}/routing/decision?to={to}";

  @Autowired private RoutingCache cache;
  @Autowired private JdbcClient rows;

  private Answer evict(String body) {
    return ops.send(HttpMethod.POST, body, PATH);
  }

  private void ringGroup(String number, String group) {
    admin.send(
        HttpMethod.POST,
        """
        {"extension_number":"%s","type":"ring_group","configuration":{"ring_group_id":"%s"}}"""
            .formatted(number, group),
        "/api/v1/organizations/{org}/extensions",
        org);
  }

  private String cacheStatus(long organization, String number) {
    return platform.get(EXTENSION, organization, number).cacheStatus();
  }

  /** Reads until the entry is stored; evictions of rows that were just written may remove it. */
  private void fill(long organization, String number) {
    await().until(() -> cacheStatus(organization, number).contains("; hit"));
  }

  @Test
  void ringGroupIsEvictedAndNothingElse() {
    String group = "group-" + org;
    ringGroup("2001", group);
    ringGroup("2002", group);
    ringGroup("2003", "other-" + org);
    extension("1001");
    settle();
    List.of("2001", "2002", "2003", "1001").forEach(number -> fill(org, number));
    String selection =
        "{\"resource\":\"extension\",\"type\":\"ring_group\",\"ring_group_id\":\"" + group + "\"";

    Answer counted = evict(selection + ",\"dry_run\":true}");

    assertThat(counted.status().value()).isEqualTo(200);
    assertThat(counted.body().toString())
        .isEqualTo("{\"keys\":2,\"dry_run\":true,\"confirmed_at\":null}");
    assertThat(outboxRows(org, "2001")).isZero();
    List.of("2001", "2002", "2003", "1001")
        .forEach(number -> assertThat(cacheStatus(org, number)).contains("; hit"));

    Instant before = Instant.now().minusMillis(1);
    Answer evicted = evict(selection + "}");

    assertThat(evicted.body().at("/keys").asLong()).isEqualTo(2);
    assertThat(Instant.parse(evicted.body().at("/confirmed_at").asString()))
        .isBetween(before, Instant.now());
    assertThat(cacheStatus(org, "2001")).contains("fwd=miss");
    assertThat(cacheStatus(org, "2002")).contains("fwd=miss");
    assertThat(cacheStatus(org, "2003")).contains("; hit");
    assertThat(cacheStatus(org, "1001")).contains("; hit");
    assertThat(redis.exists("routing:lease:{routing:extension:" + org + ":2001}")).isZero();
  }

  private long outboxRows(long organization, String number) {
    return rows.sql(
            "select count(*) from routing_cache_eviction where organization_id = ? and identifier ="
                + " ? and done_at is null")
        .params(organization, number)
        .query(Long.class)
        .single();
  }

  @Test
  void zoneSelectsSchedulesAndOrganizations() {
    long other = organization();
    for (long one : List.of(org, other)) {
      admin.send(
          HttpMethod.PUT,
          "{\"name\":\"Test\",\"timezone\":\"%s\"}"
              .formatted(one == org ? "Antarctica/Troll" : "Antarctica/Vostok"),
          "/api/v1/organizations/{org}",
          one);
    }
    inactiveSchedule(other, "now()");
    inactiveSchedule(other, "null");
    settle();
    for (long one : List.of(org, other, org, other)) {
      platform.get(DECISION, one, "1001");
    }
    assertThat(redis.exists("routing:organization:" + org)).isOne();

    Answer evicted = evict("{\"timezone\":\"Antarctica/Troll\"}");

    assertThat(evicted.body().at("/keys").asLong()).isEqualTo(1);
    assertThat(redis.exists("routing:organization:" + org)).isZero();
    assertThat(redis.exists("routing:organization:" + other)).isOne();
    assertThat(platform.get(DECISION, org, "1001").cacheStatus()).contains("fwd=miss");
  }

  /** A schedule that is never cached, in the zone that is selected. */
  private void inactiveSchedule(long organization, String deletedAt) {
    rows.sql(
            """
            insert into business_hours_schedules (organization_id, name, status, timezone,
              open_hours_action_type, open_hours_action_target, closed_hours_action_type,
              closed_hours_action_target, deleted_at)
            values (?, 'Inactive', case when %1$s is null then 'inactive' else 'active' end,
              'Antarctica/Troll', 'extension', '1001', 'extension', '1001', %1$s)
            """
                .formatted(deletedAt))
        .param(organization)
        .update();
  }

  @Test
  void wholeOrganizationsAreEvictedWithTheirNegativeEntriesAndNumbers() {
    long other = organization();
    long untouched = organization();
    settle();
    String number = "+1999" + (1_000_000 + org);
    for (long one : List.of(org, other, untouched)) {
      fill(one, "4711"); // there is none
    }
    admin.send(
        HttpMethod.POST,
        "{\"number\":\"%s\",\"match\":\"exact\",\"hours\":\"organization\"}".formatted(number),
        "/api/v1/organizations/{org}/phone-numbers",
        org);
    settle();
    String call = "/api/v1/routing/decision?to={to}";
    platform.get(call, number);
    String numberKey = "routing:phone_number:0:" + number.substring(1);
    assertThat(redis.exists(numberKey)).isOne();

    Answer evicted = evict("{\"organization_ids\":[%d,%d]}".formatted(org, other));

    assertThat(evicted.body().at("/keys").asLong()).isEqualTo(3); // two organizations, one number
    assertThat(cacheStatus(org, "4711")).contains("fwd=miss");
    assertThat(cacheStatus(other, "4711")).contains("fwd=miss");
    assertThat(cacheStatus(untouched, "4711")).contains("; hit");
    assertThat(redis.exists(numberKey)).isZero();
  }

  @Test
  void manyKeysOfOneOrganizationAreOneRow() {
    rows.sql(
            "insert into extensions (organization_id, extension_number, type)"
                + " select ?, n::text, 'conference' from generate_series(10001, 11001) n")
        .param(org)
        .update();
    settle();
    fill(org, "10500");
    long before = outboxRows();

    Answer evicted =
        evict(
            "{\"resource\":\"extension\",\"type\":\"conference\",\"organization_ids\":[%d]}"
                .formatted(org));

    assertThat(evicted.body().at("/keys").asLong()).isEqualTo(1001);
    assertThat(outboxRows() - before).isEqualTo(1);
    assertThat(cacheStatus(org, "10500")).contains("fwd=miss");
  }

  private long outboxRows() {
    return rows.sql("select count(*) from routing_cache_eviction where organization_id = ?")
        .param(org)
        .query(Long.class)
        .single();
  }

  @Test
  void everythingCanBeCounted() {
    long before = evict("{\"all\":true,\"dry_run\":true}").body().at("/keys").asLong();
    extension("1001");
    assertThat(evict("{\"all\":true,\"dry_run\":true}").body().at("/keys").asLong())
        .isGreaterThan(before);
  }

  /** A resource without a query that works would fail bulk evictions of all others. */
  @Test
  void everyResourceCanBeSelected() {
    for (CachedResource<?> resource : cache.resources()) {
      Answer counted =
          evict(
              "{\"resource\":\"%s\",\"organization_ids\":[1],\"dry_run\":true}"
                  .formatted(resource.name()));
      assertThat(counted.status().value()).as(resource.name()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                     | all
          {"all":false}                                          | all
          {"all":true,"resource":"extension"}                    | all
          {"all":"yes"}                                          | all
          {"resource":"mailbox"}                                 | resource
          {"resource":["extension"]}                             | resource
          {"resource":"extension","typ":"user"}                  | typ
          {"resource":"organization","type":"user"}              | type
          {"resource":"extension","type":"fax"}                  | type
          {"resource":"extension","type":7}                      | type
          {"resource":"extension","type":null}                   | type
          {"type":"user","ring_group_id":"R"}                    | type
          {"type":"user","timezone":"Europe/Kyiv"}               | type
          {"ring_group_id":" "}                                  | ring_group_id
          {"timezone":"Mars/Olympus"}                            | timezone
          {"timezone":"Europe/Kyiv","dry_run":"no"}              | dry_run
          {"type":1,"resource":"nope","bogus":{"a":[1]}}         | type resource bogus
          {"dryRun":true,"all":true,"organization_ids":[null,0]} | dryRun organization_ids[0] organization_ids[1]
          {"organization_ids":null,"resource":"extension"}       | organization_ids
          {"resource":null,"organization_ids":[1]}               | resource
          {"all":true,"dry_run":null}                            | dry_run
          {"organization_ids":[]}                                | organization_ids
          {"organization_ids":7}                                 | organization_ids
          {"organization_ids":[1,0]}                             | organization_ids[1]
          {"organization_ids":[1,null]}                          | organization_ids[1]
          {"organization_ids":["1"]}                             | organization_ids[0]
          {"organization_ids":[1.5]}                             | organization_ids[0]
          """)
  void invalidSelectionIsRefused(String body, String fields) {
    long before = outboxRows();

    Answer refused = evict(body);

    assertThat(refused.status().value()).as(refused.body().toString()).isEqualTo(400);
    assertThat(refused.body().at("/errors").findValuesAsString("field"))
        .contains(fields.split(" "));
    assertThat(outboxRows()).isEqualTo(before);
  }

  @Test
  void limitsMethodsAndRolesAreKept() {
    String tooMany = IntStream.rangeClosed(1, 1001).boxed().toList().toString();
    assertThat(evict("{\"organization_ids\":" + tooMany + "}").body().at("/errors/0/field"))
        .hasToString("\"organization_ids\"");
    assertThat(evict("[]").status().value()).isEqualTo(400);
    assertThat(evict("{").status().value()).isEqualTo(400);
    assertThat(ops.get(PATH).status().value()).isEqualTo(405);
    assertThat(admin.send(HttpMethod.POST, "{\"all\":true}", PATH).status().value()).isEqualTo(403);
    assertThat(platform.send(HttpMethod.POST, "{\"all\":true}", PATH).status().value())
        .isEqualTo(403);
    assertThat(ops.send(HttpMethod.POST, "{}", "/actuator/routing-cache/{org}", org).status())
        .hasToString("200 OK");
  }
}
