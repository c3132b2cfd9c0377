package io.voicerouting.routing.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Why an entry vanished, and operations on one entry of any resource. */
@IntegrationTest
class EvictionHistoryHttpTest extends AbstractRoutingHttpTest {

  private static final String EVICTIONS = "/actuator/routing-cache/{org}/evictions";
  private static final String ENTRY = "/actuator/routing-cache/{org}/{resource}";
  private static final String ONE = ENTRY + "/{identifier}";
  private static final String LOOKUP = "/api/v1/organizations/{org}/routing/extensions/{number}";

  /** The last evictions of extension 1001, without full passes at start. */
  private List<JsonNode> evictions() {
    JsonNode items = ops.get(EVICTIONS + "?key={key}&limit=500", org, key()).body().path("items");
    return items.valueStream().filter(item -> !cause(item).equals("reconnect")).toList();
  }

  private static String cause(JsonNode item) {
    return item.path("cause").asString("none");
  }

  private String key() {
    return "routing:extension:" + org + ":1001";
  }

  @Test
  void everyCauseIsAnsweredTheNewestFirst() {
    long id = extension("1001");
    jdbc.sql("update extensions set display_name = 'by SQL' where id = ?").param(id).update();
    ops.delete(ONE, org, "extensions", "1001");
    ops.delete("/actuator/routing-cache/{org}", org);
    ops.send(
        HttpMethod.POST,
        "{\"resource\":\"extension\",\"organization_ids\":[" + org + "]}",
        "/actuator/routing-cache/evictions");
    settle();
    redis.set(key(), "{\"schema_version\":1,\"extension_number\":\"1001\"}");
    platform.get(LOOKUP, org, "1001");
    await().until(() -> cause(evictions().getFirst()).equals("schema_version"));
    String flipped =
        redis.get(key()).replace("\"extension_number\":\"1001\"", "\"extension_number\":\"1000\"");
    redis.set(key(), flipped);
    assertThat(platform.get(LOOKUP, org, "1001").cacheStatus())
        .isEqualTo("voice-routing; fwd=miss; stored");

    await().until(() -> cause(evictions().getFirst()).equals("unreadable"));
    List<JsonNode> items = evictions();
    assertThat(items.stream().map(EvictionHistoryHttpTest::cause)) // before: other tests
        .startsWith(
            "unreadable", "schema_version", "tag", "operator", "operator", "change", "change");
    JsonNode unreadable = items.getFirst();
    assertThat(unreadable.path("detail").stringValue()).contains("checksum");
    assertThat(unreadable.at("/servers/0/server").stringValue()).contains(":");
    assertThat(unreadable.path("instance").stringValue()).isNotEmpty();
    assertThat(items.get(2).path("token_name").stringValue()).isEqualTo("settings:ops");
    assertThat(items.get(2).path("selection").stringValue())
        .isEqualTo("organization_ids=" + org + ", resource=extension");
    assertThat(items.get(3).has("key")).isFalse(); // everything of the organization
    JsonNode operator = items.get(4);
    assertThat(operator.path("key").stringValue()).isEqualTo(key());
    assertThat(operator.path("token_name").stringValue()).isEqualTo("settings:ops");
    JsonNode sql = items.get(5);
    assertThat(sql.has("token_name")).isFalse();
    assertThat(sql.path("changed_table").stringValue()).isEqualTo("extensions");
    assertThat(sql.path("operation").stringValue()).isEqualTo("update");
    assertThat(sql.path("statement").stringValue())
        .isEqualTo("update extensions set display_name = 'by SQL' where id = $1");
    assertThat(sql.path("application_name").stringValue()).isEqualTo("voice-routing-cache");
    assertThat(sql.path("database_user").stringValue()).isNotEmpty();
    JsonNode api = items.get(6);
    assertThat(api.path("token_name").stringValue()).isEqualTo("settings:admin");
    assertThat(api.path("changed_table").stringValue()).isEqualTo("extensions");
    assertThat(api.path("operation").stringValue()).isEqualTo("insert");
    assertThat(api.has("statement")).isFalse();
    assertThat(Instant.parse(api.path("confirmed_at").stringValue()))
        .isAfter(Instant.parse(api.path("stated_at").stringValue()));
    assertThat(api.path("took_ms").longValue()).isBetween(0L, 60_000L);
    assertThat(api.path("servers").size()).isEqualTo(1);
    assertThat(api.at("/servers/0/took_ms").longValue()).isEqualTo(api.path("took_ms").longValue());
  }

  @Test
  void organizationsEvictionsIncludeWhatItsKeysDoNotName() {
    long other = organization();
    String digits = "1313" + (1_000_000 + org % 9_000_000);
    String domain = "history-" + org + ".example";
    JsonNode number = number(org, digits);
    jdbc.sql("update phone_numbers set name = 'new' where id = ?").param(id(number)).update();
    jdbc.sql("update organizations set sip_domain = ? where id = ?").params(domain, org).update();
    String token = "{\"name\":\"PBX\",\"role\":\"platform\",\"organization_id\":" + org + "}";
    JsonNode issued = admin.send(HttpMethod.POST, token, "/api/v1/tokens").body();
    String digest = digest(id(issued));

    List<String> keys =
        List.of("phone_number:0:" + digits, "sip_domain:0:" + domain, "token:0:" + digest);
    assertThat(keys(org)).containsAll(keys.stream().map("routing:"::concat).toList());
    assertThat(keys(other))
        .doesNotContainAnyElementsOf(keys.stream().map("routing:"::concat).toList());
  }

  @Test
  void organizationsEvictionsIncludeThoseOfNumbersThatHaveLeftIt() {
    long other = organization();
    String moved = "1314" + (1_000_000 + org % 9_000_000);
    String deleted = "1315" + (1_000_000 + org % 9_000_000);
    long movedId = id(number(org, moved));
    long deletedId = id(number(org, deleted));
    jdbc.sql("delete from routing_cache_eviction where identifier in (?, ?)")
        .params(moved, deleted)
        .update();
    jdbc.sql("update phone_numbers set organization_id = ? where id = ?")
        .params(other, movedId)
        .update();
    jdbc.sql("delete from phone_numbers where id = ?").param(deletedId).update();

    assertThat(keys(org))
        .contains("routing:phone_number:0:" + moved, "routing:phone_number:0:" + deleted);
    assertThat(keys(other))
        .contains("routing:phone_number:0:" + moved)
        .doesNotContain("routing:phone_number:0:" + deleted);
  }

  @Test
  void organizationsEvictionsIncludeOperatorsAndLossesOfItsNumbers() {
    String digits = "1316" + (1_000_000 + org % 9_000_000);
    String key = "routing:phone_number:0:" + digits;
    number(org, digits);
    settle();
    jdbc.sql("delete from routing_cache_eviction where identifier = ?").param(digits).update();
    ops.delete(ONE, org, "phone-numbers", "+" + digits);
    settle();
    redis.set(key, "nonsense");
    platform.get("/api/v1/routing/decision?to={to}", "+" + digits);

    await().until(() -> causes(org, key).contains("unreadable"));
    assertThat(causes(org, key)).containsExactlyInAnyOrder("unreadable", "operator");
  }

  private JsonNode number(long organization, String digits) {
    String body = "{\"number\":\"+" + digits + "\",\"hours\":\"organization\"}";
    return admin
        .send(HttpMethod.POST, body, "/api/v1/organizations/{org}/phone-numbers", organization)
        .body();
  }

  private static long id(JsonNode created) {
    return created.path("id").longValue();
  }

  private String digest(long token) {
    return jdbc.sql("select digest from api_tokens where id = ?")
        .param(token)
        .query(String.class)
        .single();
  }

  private List<JsonNode> evictions(long organization) {
    JsonNode items = ops.get(EVICTIONS + "?limit=500", organization).body().path("items");
    return items.valueStream().toList();
  }

  private List<String> keys(long organization) {
    return evictions(organization).stream().map(item -> item.path("key").asString("")).toList();
  }

  private List<String> causes(long organization, String key) {
    return evictions(organization).stream()
        .filter(item -> item.path("key").asString("").equals(key))
        .map(EvictionHistoryHttpTest::cause)
        .toList();
  }

  @Test
  void causeThatThereIsNotIsRejected() {
    Answer refused = ops.get(EVICTIONS + "?cause=magic", org);

    assertThat(refused.status().value()).isEqualTo(400);
    assertThat(refused.body().path("detail").stringValue())
        .isEqualTo(
            "cause: 'magic' (expected: change, operator, tag, expired, unreadable, reconnect,"
                + " schema_version)");
  }

  /** Of what a limit would cut off, too. */
  @Test
  void evictionsAreOfTheCauseThatIsAskedFor() {
    long id = extension("1001");
    ops.delete(ONE, org, "extensions", "1001");
    for (int i = 0; i < 3; i++) {
      jdbc.sql("update extensions set display_name = ? where id = ?").params("n" + i, id).update();
    }
    settle();

    for (String query : List.of("?cause=operator&limit=1", "?cause=operator&key=" + key())) {
      assertThat(ops.get(EVICTIONS + query, org).body().path("items").valueStream())
          .as(query)
          .isNotEmpty() // other tests evict everything
          .allMatch(item -> cause(item).equals("operator"));
    }
    assertThat(
            ops.get(EVICTIONS + "?cause=change&key=" + key(), org)
                .body()
                .path("items")
                .valueStream())
        .hasSize(4)
        .allMatch(item -> cause(item).equals("change"));
    assertThat(ops.get(EVICTIONS + "?cause=expired&key=" + key(), org).body().path("items"))
        .isEmpty();
  }

  @Test
  void organizationsEvictionsAreBounded() {
    extension("1001");
    extension("1002");

    JsonNode items = ops.get(EVICTIONS + "?limit=1", org).body().path("items");

    assertThat(items.size()).isEqualTo(1);
    assertThat(ops.get(EVICTIONS, org).body().path("items").size()).isGreaterThan(2);
  }

  @ParameterizedTest
  @CsvSource({
    "?limit=0, limit: '0' (expected: 1 to 500)",
    "?limit=501, limit: '501' (expected: 1 to 500)",
    "?limit=many, limit: 'many' (expected: a whole number)",
    "?key=, key: '' (expected: a key of organization 7)",
    "?key=nonsense, key: 'nonsense' (expected: a key of organization 7)",
    "?key=routing:mailbox:7:1, key: 'routing:mailbox:7:1' (expected: a key of organization 7)",
    "?key=routing:extension:8:1, key: 'routing:extension:8:1' (expected: a key of organization 7)",
  })
  void invalidParametersAreRejected(String query, String detail) {
    Answer refused = ops.get("/actuator/routing-cache/7/evictions" + query);

    assertThat(refused.status().value()).isEqualTo(400);
    assertThat(refused.body().path("detail").stringValue()).isEqualTo(detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "routing:business_hours:7:xx\0",
        "routing:business_hours:7:01",
        "routing:extension:7",
        "routing:extension:7:abc",
        "routing:extension:07:1001",
        "routing:extension:0:1001",
        "routing:organization:7:1",
        "routing:phone_number:0:+12125550100",
        "routing:phone_number:7:12125550100",
        "routing:phone_number:0",
        "routing:sip_domain:0:Acme.example",
        "routing:token:0:abc",
      })
  void keysThatNoResourceHasAreRejected(String key) {
    Answer refused = ops.get("/actuator/routing-cache/7/evictions?key={key}", key);

    assertThat(refused.status().value()).isEqualTo(400);
    assertThat(refused.body().at("/errors/0/field").stringValue()).isEqualTo("key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "routing:business_hours:7",
        "routing:business_hours:7:1",
        "routing:extension:7:*72",
        "routing:organization:7",
        "routing:phone_number:0:12125550100",
        "routing:phone_number_block:0",
        "routing:sip_domain:0:acme.example",
      })
  void keysOfEveryResourceAreAccepted(String key) {
    assertThat(ops.get("/actuator/routing-cache/7/evictions?key={key}", key).status().value())
        .isEqualTo(200);
  }

  @Test
  void singleEntryOfAnyResourceCanBeInspectedAndEvicted() {
    String domain = "acme-" + org + ".example";
    String number = "+1212" + (1_000_000 + org % 9_000_000);
    jdbc.sql("update organizations set sip_domain = ? where id = ?").params(domain, org).update();
    admin.send(
        HttpMethod.POST,
        "{\"number\":\"" + number + "\",\"hours\":\"organization\"}",
        "/api/v1/organizations/{org}/phone-numbers",
        org);
    settle();
    ops.send(HttpMethod.POST, "", "/actuator/routing-cache/{org}", org);
    platform.get("/api/v1/organizations/{org}/routing/decision?to=1001", org);

    assertIsEvicted(ENTRY, org, "organizations");
    assertIsEvicted(ENTRY, org, "business-hours");
    assertIsEvicted(ONE, org, "phone-numbers", number);
    assertIsEvicted(ONE, org, "sip-domains", domain.toUpperCase(Locale.ROOT));
    assertThat(ops.get(ONE, org, "organizations", "1").status().value()).isEqualTo(404);
    assertThat(ops.get(ENTRY, org, "sip-domains").body().path("detail").stringValue())
        .isEqualTo("'sip-domains' (expected: an identifier after it)");
    assertThat(ops.get(ONE, org, "tokens", "no-digest").status().value()).isEqualTo(400);
  }

  private void assertIsEvicted(String path, Object... variables) {
    assertThat(ops.get(path, variables).body().path("cached").asBoolean())
        .as(List.of(variables).toString())
        .isTrue();
    assertThat(ops.delete(path, variables).body().path("evicted").asInt()).isEqualTo(1);
    assertThat(ops.get(path, variables).body().path("cached").asBoolean()).isFalse();
  }
}
