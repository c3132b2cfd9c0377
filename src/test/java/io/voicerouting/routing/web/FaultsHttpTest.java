package io.voicerouting.routing.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.Patience;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.TestTimeouts;
import io.voicerouting.testing.TestTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** The service over HTTP while its servers fail, hang and recover. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "routing.security.platform-token=" + TestTokens.PLATFORM,
      "routing.security.admin-token=" + TestTokens.ADMIN,
      "routing.security.ops-token=" + TestTokens.OPS,
      "routing.cache.near.enabled=false", // so that answers come from Redis or from the database
      // So that nothing fails because the machine is busy:
      TestTimeouts.COMMAND,
      "routing.cache.lookup-budget=2s",
      TestTimeouts.LEASE,
      TestTimeouts.LOAD
    })
@AutoConfigureRestTestClient
@DirtiesContext // stops its servers, too
class FaultsHttpTest {

  private static final String EXTENSION = "/api/v1/organizations/{org}/routing/extensions/{number}";
  private static final String DECISION = "/api/v1/organizations/{org}/routing/decision?to={number}";
  private static final String PLATFORM =
      "/api/v1/organizations/{org}/routing/{adapter}?to={number}";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final PostgresInstance POSTGRES = BackingServers.startPostgres();
  private static final RedisInstance REDIS = BackingServers.startRedis();

  @Autowired private RestTestClient client;

  private Calls platform;
  private Calls admin;
  private Calls ops;
  private long org;

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry properties) {
    properties.add("spring.datasource.url", POSTGRES::jdbcUrl);
    properties.add("spring.datasource.username", POSTGRES::username);
    properties.add("spring.datasource.password", POSTGRES::password);
    properties.add("spring.data.redis.port", REDIS::port);
  }

  @AfterAll
  static void stop() {
    REDIS.close();
    POSTGRES.close();
  }

  @BeforeEach
  void setUp() {
    platform = new Calls(client, TestTokens.PLATFORM);
    admin = new Calls(client, TestTokens.ADMIN);
    ops = new Calls(client, TestTokens.OPS);
    awaitState("trusted");
    Answer created =
        admin.send(
            HttpMethod.POST,
            "{\"name\":\"Test\",\"timezone\":\"Europe/Berlin\"}",
            "/api/v1/organizations");
    org = created.body().get("id").longValue();
  }

  /** The domain that was called would be one that the caller has chosen. */
  @Test
  void withoutPostgresNoDomainIsGuessed() {
    extension("1001");
    Answer block =
        admin.send(
            HttpMethod.POST,
            "{\"number\":\"+1555012\",\"match\":\"prefix\",\"hours\":\"ignore\","
                + "\"open_action\":{\"type\":\"extension\",\"target\":\"1001\"}}",
            "/api/v1/organizations/{org}/phone-numbers",
            org);
    assertThat(block.status()).isEqualTo(HttpStatus.CREATED);
    String call = "?to=sip:%2B15550121@caller.example&from=%2B15550100";
    await()
        .untilAsserted(
            () ->
                assertThat(platform.get("/api/v1/routing/decision" + call).cacheStatus())
                    .contains("hit")
                    .doesNotContain("fwd"));

    POSTGRES.kill();
    awaitState("degraded");
    Answer decision = platform.get("/api/v1/routing/decision" + call);
    Answer rtjson = platform.get("/api/v1/routing/rtjson" + call);
    POSTGRES.restart();
    awaitState("trusted");

    assertThat(decision.status()).isEqualTo(HttpStatus.OK);
    assertThat(rtjson.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(rtjson.headers().getFirst("Retry-After")).isEqualTo("1");
  }

  @Test
  void withoutPostgresHitsAreDegradedAndMissesUnavailable() {
    extension("1001");
    extension("1002");
    awaitHits(platform);

    POSTGRES.kill();
    awaitState("degraded");
    Answer warm = awaitCacheStatus("voice-routing; hit; ttl=\\d+; detail=degraded");
    Answer decision = platform.get(DECISION, org, "1001");
    Answer cold = platform.get(EXTENSION, org, "1002");
    final List<Answer> platforms =
        Stream.of("rtjson", "plain", "asterisk")
            .map(adapter -> platform.get(PLATFORM, org, adapter, "1002"))
            .collect(Collectors.toCollection(ArrayList::new));
    platforms.add(
        post(
            "freeswitch",
            FORM,
            "section=dialplan&Hunt-Context=default&Hunt-Destination-Number=1002"));
    platforms.add(post("twiml", FORM, "CallSid=CA1&To=1002&From=%2B15550100"));
    platforms.add(post("jambonz", "application/json", "{\"to\":\"1002\",\"from\":\"+15550100\"}"));
    final Answer ready = ops.get("/actuator/health/readiness");
    final Answer entry = ops.get("/api/v1/console/entries?key=routing:extension:{org}:1001", org);
    POSTGRES.restart();
    awaitState("trusted");

    assertThat(platforms)
        .hasSize(6)
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
              assertThat(answer.headers().getFirst("Retry-After")).isEqualTo("1");
              assertThat(answer.body().isMissingNode()).isTrue(); // Asterisk would execute it
              assertThat(answer.cacheStatus()).contains("voice-routing; fwd=");
            });
    assertThat(entry.body().path("cached").booleanValue()).isTrue();
    assertThat(entry.body().path("database_read").booleanValue()).isFalse();
    assertThat(entry.body().path("same").isNull()).isTrue();
    assertThat(warm.status()).isEqualTo(HttpStatus.OK);
    assertThat(decision.status()).isEqualTo(HttpStatus.OK);
    assertThat(decision.body().get("degraded").booleanValue()).isTrue();
    assertThat(cold.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(cold.headers().getFirst("Retry-After")).isEqualTo("1");
    assertThat(ready.status()).isEqualTo(HttpStatus.OK);
    assertThat(platform.get(EXTENSION, org, "1002").status()).isEqualTo(HttpStatus.OK);
  }

  @Test
  void refusedCommandIsShownInHealthAndByWarming() {
    extension("1003");
    ops.delete("/actuator/routing-cache/{org}", org);
    Answer warmed;
    JsonNode health;
    try (RedisClient redis = RedisClient.create("redis://localhost:" + REDIS.port())) {
      redis.connect().sync().configSet("maxmemory", "1");
      warmed = ops.send(HttpMethod.POST, "", "/actuator/routing-cache/{org}", org);
      health = ops.get("/actuator/health").body().at("/components/redis");
      redis.connect().sync().configSet("maxmemory", "0");
    }

    assertThat(warmed.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(warmed.body().at("/detail").stringValue())
        .contains("Redis stores 0 of ", "documents: OOM command not allowed");
    assertThat(health.at("/status").stringValue()).isEqualTo("UP");
    assertThat(health.at("/details/refusal").stringValue()).startsWith("OOM command not allowed");
  }

  @Test
  void unansweredWriteFailsAndChangesNothing() {
    Answer created = extension("1001");
    String path = "/api/v1/organizations/" + org + "/extensions/" + created.body().get("id");
    String change =
        "{\"extension_number\":\"1001\",\"type\":\"user\",\"display_name\":\"Changed\"}";

    POSTGRES.pause();
    long start = System.nanoTime();
    Answer whilePaused = admin.send(HttpMethod.PUT, change, path);
    final Duration took = Duration.ofNanos(System.nanoTime() - start);
    POSTGRES.resume();
    POSTGRES.kill();
    Answer whileDown = admin.send(HttpMethod.PUT, change, path);
    POSTGRES.restart();
    awaitState("trusted");

    for (Answer refused : new Answer[] {whilePaused, whileDown}) {
      assertThat(refused.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
      assertThat(refused.body().get("type").stringValue()).isEqualTo("/problems/unavailable");
      assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("1");
    }
    assertThat(took).isLessThan(Patience.LIMIT); // 1 s for a connection, 3 s for an answer
    assertThat(platform.get(EXTENSION, org, "1001").body().get("display_name").stringValue())
        .isEqualTo("Ada");
  }

  @Test
  void withoutRedisLookupsUseTheDatabaseAndHealthIsDegraded() {
    extension("1001");
    platform.get(EXTENSION, org, "1001");

    REDIS.pause();
    final Answer health = awaitUnavailable();
    Answer paused = platform.get(EXTENSION, org, "1001");
    final Answer ready = ops.get("/actuator/health/readiness");
    final Answer cleared = ops.delete("/actuator/routing-cache/{org}", org);
    REDIS.resume();
    awaitState("trusted");
    awaitCacheStatus("voice-routing; hit; ttl=\\d+");
    REDIS.kill();
    Answer dead = platform.get(EXTENSION, org, "1001");
    REDIS.restart();
    awaitState("trusted");

    assertThat(paused.status()).isEqualTo(HttpStatus.OK);
    assertThat(paused.cacheStatus())
        .isEqualTo("voice-routing; fwd=bypass; detail=redis-unavailable");
    assertThat(health.status()).isEqualTo(HttpStatus.OK);
    assertThat(health.body().at("/status").stringValue()).isEqualTo("DEGRADED");
    assertThat(ready.status()).isEqualTo(HttpStatus.OK);
    assertThat(cleared.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(cleared.headers().getFirst("Retry-After")).isEqualTo("1");
    assertThat(dead.status()).isEqualTo(HttpStatus.OK);
    awaitCacheStatus("voice-routing; hit; ttl=\\d+");
  }

  @Test
  void issuedTokensAreAcceptedAsFarAsTheyAreKnown() {
    extension("1001");
    Calls used = issueToken();
    final Calls unused = issueToken();
    assertThat(used.get(DECISION, org, "1001").status()).isEqualTo(HttpStatus.OK);

    REDIS.pause();
    awaitUnavailable();
    Answer withoutRedis = used.get(DECISION, org, "1001");
    REDIS.resume();
    awaitState("trusted");
    awaitHits(used);
    POSTGRES.kill();
    awaitState("degraded");
    final Answer known = used.get(DECISION, org, "1001");
    Answer unknown = unused.get(DECISION, org, "1001");
    final Answer wrong = new Calls(client, "wrong-test-token").get(DECISION, org, "1001");
    final Answer settings = platform.get(DECISION, org, "1001");
    REDIS.kill();
    awaitState("unavailable");
    Answer withoutBoth = used.get(DECISION, org, "1001");
    final Answer settingsWithoutBoth = ops.get("/actuator/routing-cache");
    REDIS.restart();
    POSTGRES.restart();
    awaitState("trusted");

    assertThat(withoutRedis.status()).isEqualTo(HttpStatus.OK);
    assertThat(known.status()).isEqualTo(HttpStatus.OK);
    assertThat(settings.status()).isEqualTo(HttpStatus.OK);
    for (Answer unavailable : new Answer[] {unknown, wrong, withoutBoth}) {
      assertThat(unavailable.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
      assertThat(unavailable.headers().getFirst("Retry-After")).isEqualTo("1");
      assertThat(unavailable.body().get("type").stringValue()).isEqualTo("/problems/unavailable");
    }
    assertThat(settingsWithoutBoth.status()).isEqualTo(HttpStatus.OK);
    assertThat(unused.get(DECISION, org, "1001").status()).isEqualTo(HttpStatus.OK);
  }

  private Answer post(String adapter, String type, String body) {
    String path = "/api/v1/organizations/" + org + "/routing/" + adapter;
    return platform.send(HttpMethod.POST, type, body, path, Map.of());
  }

  private Calls issueToken() {
    Answer issued =
        admin.send(
            HttpMethod.POST,
            "{\"name\":\"Test\",\"role\":\"platform\",\"organization_id\":" + org + "}",
            "/api/v1/tokens");
    return new Calls(client, issued.body().get("token").stringValue());
  }

  private Answer extension(String number) {
    Answer created =
        admin.send(
            HttpMethod.POST,
            "{\"extension_number\":\"%s\",\"type\":\"user\",\"display_name\":\"Ada\"}"
                .formatted(number),
            "/api/v1/organizations/{org}/extensions",
            org);
    assertThat(created.status()).isEqualTo(HttpStatus.CREATED);
    return created;
  }

  /** Makes decisions until Redis has everything that they need. */
  private void awaitHits(Calls caller) {
    await()
        .until(
            () -> caller.get(DECISION, org, "1001").cacheStatus(),
            status -> status.matches("(voice-routing; hit; ttl=\\d+(, )?)+"));
  }

  /** Looks up the extension until the answer has this status; the first commands may be slow. */
  private Answer awaitCacheStatus(String expected) {
    Supplier<Answer> lookup = () -> platform.get(EXTENSION, org, "1001");
    return await().until(lookup::get, answer -> answer.cacheStatus().matches(expected));
  }

  /**
   * Waits until health and the summary of the cache both show the state; they may change at
   * different moments.
   */
  private Answer awaitUnavailable() {
    awaitState("unavailable");
    Supplier<Answer> health = () -> ops.get("/actuator/health");
    return await()
        .until(
            health::get,
            answer ->
                answer
                    .body()
                    .at("/components/redis/details/state")
                    .asString()
                    .equals("unavailable"));
  }

  private void awaitState(String state) {
    Supplier<String> current =
        () -> ops.get("/actuator/routing-cache").body().at("/redis/state").stringValue();
    await().until(() -> current.get().equals(state));
  }
}
