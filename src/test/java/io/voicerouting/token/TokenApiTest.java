package io.voicerouting.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.security.SecretCipher;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.RelayPasses;
import io.voicerouting.testing.Staleness;
import io.voicerouting.testing.TestTokens;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Issued tokens over HTTP: how they are managed, what they open, and when they stop to. */
@IntegrationTest
class TokenApiTest {

  private static final String TOKENS = "/api/v1/tokens";
  private static final String TOKEN = TOKENS + "/{id}";

  @Autowired private RestTestClient client;
  @Autowired private JdbcClient jdbc;
  @Autowired private EntityManagerFactory entityManagers;
  @Autowired private MeterRegistry meters;
  @Autowired private SecretCipher cipher;
  @Autowired private TokenUsage usage;
  @Autowired private SecretReencryption reencryption;

  private Calls admin;
  private long org;

  @BeforeEach
  void setUp() {
    admin = new Calls(client, TestTokens.ADMIN);
    org =
        admin
            .send(
                HttpMethod.POST,
                "{\"name\":\"Test\",\"timezone\":\"Europe/Berlin\"}",
                "/api/v1/organizations")
            .body()
            .get("id")
            .longValue();
  }

  @Test
  void tokenIsShownOnceAndStoredAsDigest() {
    Answer issued = issue("platform", org);
    String token = issued.body().get("token").stringValue();
    long id = id(issued);

    assertThat(issued.status()).isEqualTo(HttpStatus.CREATED);
    assertThat(issued.headers().getLocation()).hasPath(TOKENS + "/" + id);
    assertThat(token).matches("vrt_[A-Za-z0-9_-]{43}");
    Answer read = admin.get(TOKEN, id);
    assertThat(read.body().get("token").isNull()).isTrue();
    assertThat(read.headers().getETag()).isEqualTo(issued.headers().getETag());
    assertThat(admin.get(TOKENS + "?organization_id={org}", org).body().toString())
        .contains("\"total\":1")
        .doesNotContain(token);
    assertThat(
            jdbc.sql("select to_jsonb(t)::text from api_tokens t where id = ?")
                .param(id)
                .query(String.class)
                .single())
        .doesNotContain(token)
        .contains(digest(token));
  }

  @Test
  void whatGetGaveCanBePutBack() {
    long id = id(issue("admin", org));
    String document = admin.get(TOKEN, id).body().toString();

    Answer replaced = admin.send(HttpMethod.PUT, document, TOKEN, id);

    assertThat(replaced.status()).isEqualTo(HttpStatus.OK);
    assertThat(replaced.body().toString()).isEqualTo(document);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | name, role",
        "{'name':'settings:admin','role':'admin'} | name",
        "{'name':'A','role':'root'} | role",
        "{'name':'A','role':'ops','organization_id':1} | organization_id",
        "{'name':'A','role':'admin','organization_id':-1} | organization_id",
        "{'name':'A','role':'admin','organization_id':4611686018427387904} | organization_id",
        "{'name':'A','role':'admin','expires_at':'tomorrow'} | expires_at",
        "{'name':'A','role':'admin','expires_at':'+99999-01-01T00:00:00Z'} | expires_at",
        "{'name':'A','role':'admin','digest':'00'} | digest",
      })
  void invalidMembersAreNamed(String body, String fields) {
    Answer refused = admin.send(HttpMethod.POST, body.replace('\'', '"'), TOKENS);

    assertThat(refused.status()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(refused.body().get("errors").valueStream().map(error -> error.get("field")))
        .extracting(field -> field.stringValue())
        .containsExactlyInAnyOrder(fields.split(", "));
  }

  @Test
  void tokenOpensWhatItsRoleMayAndNothingElse() {
    Calls platform = calls(issue("platform", org));
    Calls backOffice = calls(issue("admin", org));
    Calls operations = calls(issue("ops", null));

    assertThat(statuses(platform)).containsExactly(200, 403, 403);
    assertThat(statuses(backOffice)).containsExactly(403, 200, 403);
    assertThat(statuses(operations)).containsExactly(403, 403, 200);
  }

  private List<Integer> statuses(Calls calls) {
    return List.of(
        calls.get("/api/v1/organizations/{org}/routing/decision?to=1001", org).status().value(),
        calls.get("/api/v1/organizations/{org}", org).status().value(),
        calls.get("/actuator/metrics").status().value());
  }

  @Test
  void warmCallsRunNoSql() {
    admin.send(
        HttpMethod.POST,
        "{\"extension_number\":\"1001\",\"type\":\"user\"}",
        "/api/v1/organizations/{org}/extensions",
        org);
    Calls platform = calls(issue("platform", org));
    RelayPasses.settle(meters);
    String decision = "/api/v1/organizations/{org}/routing/decision?to=1001";
    for (int i = 0; i < 3; i++) { // Redis, then the near cache
      platform.get(decision, org);
    }
    Statistics statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
    statistics.setStatisticsEnabled(true);
    long statements = statistics.getPrepareStatementCount();
    long connects = statistics.getConnectCount();
    double nearHits = nearHits();

    for (int i = 0; i < 10; i++) {
      assertThat(platform.get(decision, org).status()).isEqualTo(HttpStatus.OK);
    }

    assertThat(statistics.getPrepareStatementCount()).isEqualTo(statements);
    assertThat(statistics.getConnectCount()).isEqualTo(connects);
    assertThat(nearHits() - nearHits).isEqualTo(10);
  }

  /** Hits of tokens in the near cache. */
  private double nearHits() {
    return new Calls(client, TestTokens.OPS)
        .get("/actuator/metrics/cache.gets?tag=cache:token&tag=result:hit")
        .body()
        .at("/measurements/0/value")
        .doubleValue();
  }

  @Test
  void revokedTokenIsRefusedByTheNextRequest() {
    Answer issued = issue("admin", org);
    Calls backOffice = calls(issued);
    assertAccepted(backOffice);

    Answer revoked = admin.delete(TOKEN, id(issued));
    Answer again = admin.delete(TOKEN, id(issued));

    assertThat(revoked.status()).isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(again.status()).isEqualTo(HttpStatus.NO_CONTENT);
    assertRefused(backOffice);
    assertThat(admin.get(TOKEN, id(issued)).body().get("revoked_at").isNull()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'update api_tokens set revoked_at = now() where id = :id'",
    "'update api_tokens set expires_at = now() where id = :id'",
    "'delete from api_tokens where id = :id'",
    "'delete from organizations where id = (select organization_id from api_tokens where id = :id)'",
  })
  void tokenRevokedBySqlIsRefusedSoon(String statement) {
    Answer issued = issue("admin", org);
    Calls backOffice = calls(issued);
    assertAccepted(backOffice);

    jdbc.sql(statement).param("id", id(issued)).update();

    Staleness.awaitEnd(
        System.nanoTime(),
        Duration.ofSeconds(3), // a second, and two for a near cache
        new Calls(client, TestTokens.OPS),
        () -> backOffice.get("/api/v1/organizations").status(),
        HttpStatusCode::is2xxSuccessful,
        HttpStatus.UNAUTHORIZED::equals);
  }

  @Test
  void tokenIssuedBySqlIsAccepted() {
    String token = "a-token-of-another-application";
    Calls backOffice = new Calls(client, token);
    assertRefused(backOffice); // which must not be remembered

    jdbc.sql(
            "insert into api_tokens (name, role, organization_id, digest)"
                + " values ('By SQL', 'admin', ?, encode(sha256(convert_to(?, 'UTF8')), 'hex'))")
        .params(org, token)
        .update();

    assertAccepted(backOffice);
  }

  @Test
  void tokenExpires() {
    Answer issued =
        admin.send(
            HttpMethod.POST,
            "{\"name\":\"A\",\"role\":\"admin\",\"organization_id\":%d,\"expires_at\":\"%s\"}"
                .formatted(org, Instant.now().plusSeconds(6)),
            TOKENS);
    Calls backOffice = calls(issued);
    assertAccepted(backOffice);

    await().untilAsserted(() -> assertRefused(backOffice));
  }

  @Test
  void rotationKeepsTheOldTokenForItsOverlap() {
    Answer old = issue("admin", org);
    Answer rotated =
        admin.send(HttpMethod.POST, "{\"overlap_seconds\":600}", TOKEN + "/rotate", id(old));

    assertThat(rotated.status()).isEqualTo(HttpStatus.CREATED);
    assertThat(rotated.body().get("name")).isEqualTo(old.body().get("name"));
    assertThat(rotated.body().get("expires_at").isNull()).isTrue();
    assertAccepted(calls(old));
    assertAccepted(calls(rotated));
    Instant end = Instant.parse(admin.get(TOKEN, id(old)).body().get("expires_at").stringValue());
    assertThat(end).isBetween(Instant.now().plusSeconds(500), Instant.now().plusSeconds(600));

    admin.send(HttpMethod.POST, "{\"overlap_seconds\":0}", TOKEN + "/rotate", id(old));
    assertRefused(calls(old));
    Answer refused = admin.send(HttpMethod.POST, "{}", TOKEN + "/rotate", id(old));
    assertThat(refused.body().get("type").stringValue()).isEqualTo("/problems/token-not-valid");
    assertThat(
            admin
                .send(HttpMethod.POST, "{\"overlap_seconds\":-1}", TOKEN + "/rotate", id(rotated))
                .status())
        .isEqualTo(HttpStatus.BAD_REQUEST);
  }

  @Test
  void guessesLeaveNothingInRedis() {
    try (RedisClient redis = RedisClient.create(redisUri());
        StatefulRedisConnection<String, String> connection = redis.connect()) {
      for (int i = 0; i < 5; i++) {
        String guess = "guess-of-a-token-" + i;
        assertRefused(new Calls(client, guess));
        assertThat(connection.sync().exists("routing:token:0:" + digest(guess))).isZero();
      }
      await()
          .until(
              () ->
                  !ScanIterator.scan(
                          connection.sync(),
                          ScanArgs.Builder.matches("routing:lease:{routing:token*"))
                      .hasNext());
    }
  }

  @Test
  void documentThatSomebodyPutIntoRedisOpensNothing() {
    String token = "token-made-in-redis";
    String forged =
        "{\"schema_version\":1,\"id\":1,\"name\":\"Mallory\",\"role\":\"admin\","
            + "\"organization_id\":null,\"expires_at\":null,\"revoked_at\":null,"
            + "\"signature_secret\":null,\"seal\":\"AAAA\",\"snapshot\":\""
            + jdbc.sql("select pg_current_snapshot()::text").query(String.class).single()
            + "\"}";
    try (RedisClient redis = RedisClient.create(redisUri());
        StatefulRedisConnection<String, String> connection = redis.connect()) {
      await() // Redis may be bypassed for a moment
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(
              () -> {
                connection.sync().set("routing:token:0:" + digest(token), forged);
                assertRefused(new Calls(client, token));
                assertThat(connection.sync().exists("routing:token:0:" + digest(token))).isZero();
              });
    }
  }

  @Test
  void signatureSecretIsEncryptedAndNeverShown() {
    Answer issued = issue("platform", org);
    String path = TOKEN + "/signature-secret";

    Answer set =
        admin.send(HttpMethod.PUT, "{\"signature_secret\":\"webhook-secret\"}", path, id(issued));

    assertThat(set.status()).isEqualTo(HttpStatus.OK);
    assertThat(set.body().get("signature_secret_set").booleanValue()).isTrue();
    assertThat(set.body().toString()).doesNotContain("webhook-secret");
    String stored = String.valueOf(storedSecret(id(issued)));
    assertThat(stored).startsWith("v1.").doesNotContain("webhook-secret");
    assertThat(cipher.decrypt(stored)).isEqualTo("webhook-secret");
    reencryption.run();
    assertThat(storedSecret(id(issued))).isEqualTo(stored); // the key is the first one

    assertThat(admin.delete(path, id(issued)).status()).isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(storedSecret(id(issued))).isNull();
    assertThat(
            admin
                .send(HttpMethod.PUT, "{\"signature_secret\":\"short\"}", path, id(issued))
                .status())
        .isEqualTo(HttpStatus.BAD_REQUEST);
  }

  /** The second secret was encrypted with a key that the service no longer has. */
  @Test
  void secretsGetTheFirstKeyAlsoIfOneCannotBeDecrypted() {
    List<Long> ids =
        List.of(id(issue("platform", org)), id(issue("platform", org)), id(issue("platform", org)));
    String lost = "v1.00000000.AAAA";
    store(ids.get(0), TestTokens.SECRET_OF_THE_SECOND_KEY);
    store(ids.get(1), lost);
    store(ids.get(2), TestTokens.SECRET_OF_THE_SECOND_KEY);

    reencryption.run();

    assertThat(storedSecret(ids.get(1))).isEqualTo(lost);
    for (long id : List.of(ids.get(0), ids.get(2))) {
      String renewed = String.valueOf(storedSecret(id));
      assertThat(cipher.isCurrent(renewed)).isTrue();
      assertThat(cipher.decrypt(renewed)).isEqualTo("webhook-secret");
    }
  }

  @Test
  void rotationKeepsRightsAndSecret() {
    Answer old = issue("platform", org);
    admin.send(
        HttpMethod.PUT,
        "{\"signature_secret\":\"webhook-secret\"}",
        TOKEN + "/signature-secret",
        id(old));

    Answer rotated =
        admin.send(HttpMethod.POST, "{\"overlap_seconds\":0}", TOKEN + "/rotate", id(old));

    for (String member : List.of("name", "role", "organization_id")) {
      assertThat(rotated.body().get(member)).as(member).isEqualTo(old.body().get(member));
    }
    assertThat(rotated.body().get("signature_secret_set").booleanValue()).isTrue();
    assertThat(cipher.decrypt(String.valueOf(storedSecret(id(rotated)))))
        .isEqualTo("webhook-secret");
  }

  @Test
  void lastUseIsWrittenLaterAndChangesNothingElse() {
    Answer issued = issue("admin", org);
    long id = id(issued);
    assertAccepted(calls(issued));
    long evictions = evictions(issued);

    usage.write();

    Answer read = admin.get(TOKEN, id);
    assertThat(Instant.parse(read.body().get("last_used_at").stringValue()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(read.body().get("version")).isEqualTo(issued.body().get("version"));
    assertThat(evictions(issued)).isEqualTo(evictions);
    jdbc.sql("update api_tokens set last_used_at = null where id = ?").param(id).update();
    assertAccepted(calls(issued));
    usage.write(); // not again within the hour
    assertThat(admin.get(TOKEN, id).body().get("last_used_at").isNull()).isTrue();
  }

  @Test
  void preconditionsHold() {
    Answer issued = issue("admin", org);
    String path = TOKENS + "/" + id(issued);
    String changed = "{\"name\":\"Changed\"}";

    assertThat(admin.patch(changed, path, Map.of("If-Match", "\"other\"")).status())
        .isEqualTo(HttpStatus.PRECONDITION_FAILED);
    String tag = String.valueOf(issued.headers().getETag());
    Answer patched = admin.patch(changed, path, Map.of("If-Match", tag));
    assertThat(patched.status()).isEqualTo(HttpStatus.OK);
    assertThat(patched.body().get("name").stringValue()).isEqualTo("Changed");
    assertThat(admin.get(TOKEN, 999_999_999).status()).isEqualTo(HttpStatus.NOT_FOUND);
  }

  private void store(long id, String secret) {
    jdbc.sql("update api_tokens set signature_secret = ? where id = ?").params(secret, id).update();
  }

  private @Nullable String storedSecret(long id) {
    return jdbc.sql("select signature_secret from api_tokens where id = ?")
        .param(id)
        .query((row, number) -> row.getString(1))
        .list()
        .getFirst();
  }

  /** Outbox rows of the token. */
  private long evictions(Answer issued) {
    return jdbc.sql("select count(*) from routing_cache_eviction where identifier = ?")
        .param(digest(issued.body().get("token").stringValue()))
        .query(Long.class)
        .single();
  }

  private Answer issue(String role, @Nullable Long organizationId) {
    return admin.send(
        HttpMethod.POST,
        "{\"name\":\"Test %s\",\"role\":\"%s\",\"organization_id\":%s}"
            .formatted(role, role, organizationId),
        TOKENS);
  }

  private static long id(Answer issued) {
    return issued.body().get("id").longValue();
  }

  private Calls calls(Answer issued) {
    assertThat(issued.status()).isEqualTo(HttpStatus.CREATED);
    return new Calls(client, issued.body().get("token").stringValue());
  }

  private void assertAccepted(Calls calls) {
    assertThat(calls.get("/api/v1/organizations").status()).isEqualTo(HttpStatus.OK);
  }

  private static void assertRefused(Calls calls) {
    assertThat(calls.get("/api/v1/organizations").status()).isEqualTo(HttpStatus.UNAUTHORIZED);
  }

  private static String digest(String token) {
    return new PlainToken(token).digest();
  }

  private static RedisURI redisUri() {
    BackingServers servers = BackingServers.shared();
    return RedisURI.create("redis://" + servers.redisHost() + ":" + servers.redisPort());
  }
}
