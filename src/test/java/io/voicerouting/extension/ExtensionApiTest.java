package io.voicerouting.extension;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

@IntegrationTest
class ExtensionApiTest {

  private static final String ADA =
      """
      {"extension_number":"1001","type":"user","display_name":"Ada Lovelace",
       "voicemail_enabled":true,"configuration":{"timeout_seconds":20}}
      """;

  @Autowired private RestTestClient plainClient;
  @Autowired private JdbcTemplate database;

  private RestTestClient client;
  private long org;
  private String path;

  @BeforeEach
  void createOrganization() {
    client =
        plainClient.mutate().defaultHeader("Authorization", "Bearer " + TestTokens.ADMIN).build();
    org = newOrganization();
    path = "/api/v1/organizations/" + org + "/extensions";
  }

  @Test
  void createsReadsReplacesAndDeletes() {
    HttpHeaders created =
        post(ADA)
            .expectStatus()
            .isCreated()
            .expectHeader()
            .valueMatches("Location", path + "/[0-9]+")
            .expectBody()
            .jsonPath("$.organization_id")
            .isEqualTo(org)
            .jsonPath("$.status")
            .isEqualTo("active")
            .jsonPath("$.configuration.timeout_seconds")
            .isEqualTo(20)
            .returnResult()
            .getResponseHeaders();
    String location = String.valueOf(created.getLocation());
    String tag = String.valueOf(created.getETag());
    String document =
        String.valueOf(
            client
                .get()
                .uri(location)
                .exchange()
                .expectHeader()
                .valueEquals("ETag", tag)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());

    String next =
        String.valueOf(
            put(location, tag, document.replace("1001", "1002"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.extension_number")
                .isEqualTo("1002")
                .jsonPath("$.version")
                .isEqualTo(1)
                .returnResult()
                .getResponseHeaders()
                .getETag());
    put(location, tag, document).expectStatus().isEqualTo(412);
    String last =
        String.valueOf(
            put(location, "\"other\", " + next, document)
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getETag());
    client.delete().uri(location).header("If-Match", next).exchange().expectStatus().isEqualTo(412);
    client.delete().uri(location).header("If-Match", last).exchange().expectStatus().isNoContent();
    client.delete().uri(location).exchange().expectStatus().isNotFound();
  }

  @Test
  void tagDoesNotDependOnTheOrderOfMembers() {
    String assistant =
        """
        {"extension_number":"1001","type":"ai_assistant",
         "configuration":{"phone_number":"+15550100","provider":"acme"}}""";
    HttpHeaders created = post(assistant).returnResult(Void.class).getResponseHeaders();
    String location = String.valueOf(created.getLocation());
    String tag = String.valueOf(created.getETag());
    String otherOrder =
        assistant.replace(
            "\"phone_number\":\"+15550100\",\"provider\":\"acme\"",
            "\"provider\":\"acme\",\"phone_number\":\"+15550100\"");

    client.get().uri(location).exchange().expectHeader().valueEquals("ETag", tag);
    put(location, tag, otherOrder).expectStatus().isOk().expectHeader().valueEquals("ETag", tag);
    client.delete().uri(location).header("If-Match", tag).exchange().expectStatus().isNoContent();
  }

  /** Bulk loads and replication change rows without the trigger that moves the version. */
  @Test
  void tagChangesWithTheDocumentEvenIfTheVersionDoesNot() {
    HttpHeaders created = post(ADA).returnResult(Void.class).getResponseHeaders();
    String location = String.valueOf(created.getLocation());
    String tag = String.valueOf(created.getETag());

    database.execute(
        "alter table extensions disable trigger touch;"
            + "update extensions set display_name = 'Eve' where organization_id = "
            + org
            + "; alter table extensions enable always trigger touch");

    String changed =
        String.valueOf(
            client
                .get()
                .uri(location)
                .exchange()
                .expectBody()
                .jsonPath("$.version")
                .isEqualTo(0)
                .returnResult()
                .getResponseHeaders()
                .getETag());
    assertThat(changed).isNotEqualTo(tag);
    put(location, tag, ADA).expectStatus().isEqualTo(412);
  }

  @Test
  void notAcceptableIsAnsweredBeforeAnythingIsWritten() {
    HttpHeaders created = post(ADA).returnResult(Void.class).getResponseHeaders();
    String location = String.valueOf(created.getLocation());

    for (String accept :
        List.of("application/xml", "nonsense", "application/yaml", "application/problem+json")) {
      for (String reading : List.of(path, location)) {
        client.get().uri(reading).header("Accept", accept).exchange().expectStatus().isEqualTo(406);
      }
      client
          .post()
          .uri(path)
          .contentType(MediaType.APPLICATION_JSON)
          .header("Accept", accept)
          .body(ADA.replace("1001", "1002"))
          .exchange()
          .expectStatus()
          .isEqualTo(406);
      client
          .put()
          .uri(location)
          .contentType(MediaType.APPLICATION_JSON)
          .header("Accept", accept)
          .body(ADA.replace("Ada", "Eve"))
          .exchange()
          .expectStatus()
          .isEqualTo(406)
          .expectBody()
          .jsonPath("$.type")
          .isEqualTo("/problems/not-acceptable");
    }
    assertNumbers("", "1001");
    assertNumbers("?q=Ada", "1001");
  }

  @Test
  void charsetOfJsonIsIgnored() {
    for (String charset : List.of("ISO-8859-1", "utf-16")) {
      HttpHeaders created =
          client
              .post()
              .uri(path)
              .contentType(MediaType.APPLICATION_JSON)
              .header("Accept", "application/json;charset=" + charset)
              .body(ADA)
              .exchange()
              .expectStatus()
              .isCreated()
              .expectHeader()
              .valueEquals("Content-Type", "application/json")
              .returnResult(Void.class)
              .getResponseHeaders();
      String location = String.valueOf(created.getLocation());
      client
          .get()
          .uri(location)
          .header("Accept", "application/json;charset=" + charset)
          .exchange()
          .expectStatus()
          .isOk()
          .expectHeader()
          .valueEquals("Content-Type", "application/json")
          .expectBody()
          .jsonPath("$.display_name")
          .isEqualTo("Ada Lovelace");
      client.delete().uri(location).exchange().expectStatus().isNoContent();
    }
  }

  @Test
  void missingMembersGetTheirDefaultsOnReplace() {
    String location =
        String.valueOf(post(ADA).returnResult(Void.class).getResponseHeaders().getLocation());

    put(location, "*", "{\"extension_number\":\"1001\",\"type\":\"user\"}")
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.voicemail_enabled")
        .isEqualTo(false)
        .jsonPath("$.display_name")
        .isEmpty()
        .jsonPath("$.configuration")
        .isEmpty();
  }

  @Test
  void switchesAreShownAndHaveDefaults() {
    String location =
        String.valueOf(
            post(ADA)
                .expectBody()
                .jsonPath("$.do_not_disturb")
                .isEqualTo(false)
                .jsonPath("$.forward_enabled")
                .isEqualTo(true)
                .returnResult()
                .getResponseHeaders()
                .getLocation());
    String switched =
        ADA.replace("true", "true,\"do_not_disturb\":true,\"forward_enabled\":false")
            .replace("20", "20,\"no_answer_to\":\"sip:ada@example.com\"");

    String document =
        String.valueOf(
            put(location, "*", switched)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    assertThat(document)
        .contains("\"do_not_disturb\":true,\"forward_enabled\":false", "sip:ada@example.com");
    put(location, "*", document).expectStatus().isOk();
    put(location, "*", ADA)
        .expectBody()
        .jsonPath("$.do_not_disturb")
        .isEqualTo(false)
        .jsonPath("$.forward_enabled")
        .isEqualTo(true);
  }

  @Test
  void nationalNumbersAreRefusedAsTargets() {
    post(ADA).expectStatus().isCreated();
    String user =
        """
        {"extension_number":"1002","type":"user",
         "configuration":{"forward_to":"01712345678","no_answer_to":"00001"}}""";

    post(user)
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("/problems/validation-failed")
        .jsonPath("$.errors[*].field")
        .value(List.class, areExactly("configuration.forward_to", "configuration.no_answer_to"))
        .jsonPath("$.errors[0].message")
        .value(
            String.class,
            message ->
                assertThat(message)
                    .startsWith("'01712345678' (expected: ")
                    .contains("E.164", "country code", "has 4 digits"));
    post(user.replace("user", "forward").replace(",\"no_answer_to\":\"00001\"", ""))
        .expectStatus()
        .isBadRequest();

    String asLongAsAnExtension = user.replace("01712345678", "0001").replace("00001", "0");
    post(asLongAsAnExtension).expectStatus().isCreated();
    post(ADA.replace("1001", "12345678901")).expectStatus().isCreated();
    post(user.replace("1002", "1003")).expectStatus().isCreated();
  }

  @Test
  void nationalNumberOfAnotherApplicationMayBePutBack() {
    Long id =
        database.queryForObject(
            """
            insert into extensions (organization_id, extension_number, type, configuration)
            values (?, '7', 'forward', '{"forward_to": "01712345678"}') returning id
            """,
            Long.class,
            org);
    String location = path + "/" + id;
    String document =
        String.valueOf(
            client
                .get()
                .uri(location)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());

    put(location, "*", document).expectStatus().isOk();
    put(location, "*", document.replace("01712345678", "01712345679"))
        .expectStatus()
        .isBadRequest();
  }

  @Test
  void numbersAreUnique() {
    post(ADA).expectStatus().isCreated();
    URI other =
        post(ADA.replace("1001", "1002"))
            .returnResult(Void.class)
            .getResponseHeaders()
            .getLocation();

    assertDuplicate(post(ADA));
    assertDuplicate(put(String.valueOf(other), "*", ADA));
  }

  @Test
  void oneOfSeveralConcurrentCreatesSucceeds() throws Exception {
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      Callable<Integer> create = () -> post(ADA).returnResult(Void.class).getStatus().value();
      List<Integer> statuses =
          callers.invokeAll(Collections.nCopies(8, create)).stream()
              .map(Future::resultNow)
              .toList();

      assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
    }
  }

  @Test
  void oneOfSeveralConcurrentReplacesSucceeds() throws Exception {
    HttpHeaders created = post(ADA).returnResult(Void.class).getResponseHeaders();
    String location = String.valueOf(created.getLocation());
    String tag = String.valueOf(created.getETag());

    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Callable<Integer>> replacements =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      (Callable<Integer>)
                          () ->
                              put(location, tag, ADA.replace("Ada", "Ada " + i))
                                  .returnResult(Void.class)
                                  .getStatus()
                                  .value())
              .toList();
      List<Integer> statuses =
          callers.invokeAll(replacements).stream().map(Future::resultNow).toList();

      assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
    }
  }

  @Test
  void createDuringDeletionOfTheOrganizationIsAConflict() throws Exception {
    try (Connection deleting = Objects.requireNonNull(database.getDataSource()).getConnection();
        Statement statement = deleting.createStatement();
        ExecutorService caller = Executors.newSingleThreadExecutor()) {
      deleting.setAutoCommit(false);
      statement.execute("delete from organizations where id = " + org);
      Future<EntityExchangeResult<byte[]>> creating =
          caller.submit(() -> post(ADA).expectBody().returnResult());
      await() // at once: the statement ends after 2.5 s
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .until(
              () ->
                  database.queryForObject(
                      "select exists (select from pg_stat_activity where wait_event_type = 'Lock'"
                          + " and query like 'insert into extensions%')",
                      Boolean.class));
      deleting.commit();
      deleting.setAutoCommit(true);

      assertThat(creating.get().getStatus().value()).isEqualTo(409);
      assertThat(new String(Objects.requireNonNull(creating.get().getResponseBody()), UTF_8))
          .contains("/problems/concurrent-change");
    }
    post(ADA).expectStatus().isNotFound();
  }

  @Test
  void lockTimeoutIsUnavailableAndEndsTheStatement() throws SQLException {
    String location =
        String.valueOf(post(ADA).returnResult(Void.class).getResponseHeaders().getLocation());
    try (Connection holding = Objects.requireNonNull(database.getDataSource()).getConnection();
        Statement statement = holding.createStatement()) {
      holding.setAutoCommit(false);
      statement.execute("select from extensions where organization_id = " + org + " for update");

      put(location, "*", ADA.replace("Ada", "Augusta Ada"))
          .expectStatus()
          .isEqualTo(503)
          .expectHeader()
          .valueEquals("Retry-After", "1");

      String waiting =
          "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
              + " and query like '%extensions%'";
      assertThat(database.queryForObject(waiting, Long.class)).isZero();
      holding.rollback();
      holding.setAutoCommit(true);
    }
    client.get().uri(location).exchange().expectBody().jsonPath("$.version").isEqualTo(0);
  }

  @Test
  void extensionOfAnotherOrganizationIsNotFound() {
    URI location = post(ADA).returnResult(Void.class).getResponseHeaders().getLocation();
    String elsewhere =
        String.valueOf(location)
            .replace("/organizations/" + org + "/", "/organizations/" + newOrganization() + "/");

    client.get().uri(elsewhere).exchange().expectStatus().isNotFound();
    put(elsewhere, "*", ADA).expectStatus().isNotFound();
    client
        .delete()
        .uri(elsewhere)
        .exchange()
        .expectStatus()
        .isNotFound()
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("/problems/extension-not-found");
  }

  @Test
  void unknownOrganizationIsNotFound() {
    String nowhere = "/api/v1/organizations/9223372036854775807/extensions";

    client
        .get()
        .uri(nowhere)
        .exchange()
        .expectStatus()
        .isNotFound()
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("/problems/organization-not-found");
    client
        .post()
        .uri(nowhere)
        .contentType(MediaType.APPLICATION_JSON)
        .body(ADA)
        .exchange()
        .expectStatus()
        .isNotFound();
  }

  @Test
  void listFiltersAndSearchesNumberAndName() {
    post(ADA);
    post(
        "{\"extension_number\":\"2001\",\"type\":\"ivr\",\"configuration\":{\"ivr_menu_id\":\"m\"}}");
    post("{\"extension_number\":\"*1\",\"type\":\"user\",\"status\":\"inactive\"}");

    assertNumbers("", "1001", "2001", "*1");
    assertNumbers("?q=LOVE", "1001");
    assertNumbers("?q=001", "1001", "2001");
    assertNumbers("?q=_", new String[0]);
    assertNumbers("?type=ivr", "2001");
    assertNumbers("?status=inactive", "*1");
    assertNumbers("?status=active&type=user&q=1", "1001");
    assertNumbers("?page=1&size=2", "*1");
  }

  @Test
  void rowsOfOtherApplicationsAreShownAsStored() {
    database.update(
        """
        insert into extensions (organization_id, extension_number, type, configuration)
        values (?, '7', 'forward', '{"odd": [1, null, {"a": 1.5}]}')
        """,
        org);

    client
        .get()
        .uri(path)
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.items[0].configuration.odd[2].a")
        .isEqualTo(1.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"forward_to":null}                         | {}
          {"forward_to":""}                           | {}
          {"forward_to":null,"timeout_seconds":null}  | {}
          {"forward_to":"","timeout_seconds":20}      | {"timeout_seconds":20}
          """)
  void nullAndEmptyMembersOfTheConfigurationAreNotSet(String sent, String shown) {
    String body =
        "{\"extension_number\":\"1001\",\"type\":\"user\",\"configuration\":" + sent + "}";
    post(body)
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.configuration")
        .value(Object.class, found -> assertThat(json(found)).isEqualTo(shown));
    database.update(
        """
        insert into extensions (organization_id, extension_number, type, configuration)
        values (?, '7', 'user', cast(? as jsonb))
        """,
        org,
        sent);
    long id =
        Objects.requireNonNull(
            database.queryForObject(
                "select id from extensions where organization_id = ? and extension_number = '7'",
                Long.class,
                org));

    String stored =
        String.valueOf(
            client
                .get()
                .uri(path + "/" + id)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    assertThat(stored).contains("\"configuration\":" + shown);
    put(path + "/" + id, "*", stored)
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.configuration")
        .value(Object.class, found -> assertThat(json(found)).isEqualTo(shown));
    client
        .get()
        .uri("/api/v1/organizations/" + org + "/routing/decision?to=7")
        .headers(headers -> headers.setBearerAuth(TestTokens.PLATFORM))
        .exchange()
        .expectBody()
        .jsonPath("$.action.type")
        .isEqualTo("dial_extension");
  }

  private static String json(Object value) {
    return JsonMapper.shared().writeValueAsString(value);
  }

  @Test
  void allErrorsAreReported() {
    post("{\"extension_number\":\"12a\",\"type\":\"forward\",\"status\":\"on\",\"color\":1,"
            + "\"display_name\":\"\",\"configuration\":{\"forward_to\":\"x\",\"y\":2}}")
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.errors[*].field")
        .value(
            List.class,
            areExactly(
                "extension_number",
                "status",
                "color",
                "display_name",
                "configuration.forward_to",
                "configuration.y"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          extension_number           | '' (expected: [0-9*#+]{1,16})
          display_name               | '' (expected: 1 to 255 characters, not blank, no control characters)
          configuration.ivr_menu_id  | is required for type ivr
          """)
  void emptyStringOfAStringMemberIsValidatedAsAString(String field, String message) {
    post("{\"extension_number\":\"\",\"type\":\"ivr\",\"display_name\":\"\","
            + "\"configuration\":{\"ivr_menu_id\":\"\"}}")
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.errors[?(@.field == '" + field + "')].message")
        .isEqualTo(message);
  }

  @Test
  void emptyStringsAreReportedWithOtherErrors() {
    post("{\"extension_number\":\"12a\",\"type\":\"\",\"status\":\" \",\"voicemail_enabled\":\"\","
            + "\"configuration\":\"\"}")
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.errors[?(@.field == 'type')].message")
        .value(
            List.class,
            messages -> assertThat(messages.toString()).contains("''").contains("ring_group"))
        .jsonPath("$.errors[*].field")
        .value(
            List.class,
            areExactly("extension_number", "type", "status", "voicemail_enabled", "configuration"));
  }

  @SuppressWarnings("rawtypes") // as JSON paths are read
  private static Consumer<List> areExactly(String... fields) {
    return found ->
        assertThat(List.<Object>copyOf(found)).containsExactlyInAnyOrder((Object[]) fields);
  }

  private RestTestClient.ResponseSpec post(String body) {
    return client.post().uri(path).contentType(MediaType.APPLICATION_JSON).body(body).exchange();
  }

  private RestTestClient.ResponseSpec put(String location, String ifMatch, String body) {
    return client
        .put()
        .uri(location)
        .contentType(MediaType.APPLICATION_JSON)
        .header("If-Match", ifMatch)
        .body(body)
        .exchange();
  }

  private long newOrganization() {
    return Objects.requireNonNull(
        database.queryForObject(
            "insert into organizations (name, timezone) values ('Test', 'UTC') returning id",
            Long.class));
  }

  private static void assertDuplicate(RestTestClient.ResponseSpec answer) {
    answer
        .expectStatus()
        .isEqualTo(409)
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("/problems/duplicate-extension-number");
  }

  private void assertNumbers(String query, String... numbers) {
    client
        .get()
        .uri(URI.create(path + query))
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.items[*].extension_number")
        .value(
            List.class,
            found -> assertThat(List.<Object>copyOf(found)).containsExactly((Object[]) numbers));
  }
}
