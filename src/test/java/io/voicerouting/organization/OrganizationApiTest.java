package io.voicerouting.organization;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.net.URI;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

@IntegrationTest
class OrganizationApiTest {

  private static final String PATH = "/api/v1/organizations";

  @Autowired private RestTestClient plainClient;
  @Autowired private JdbcTemplate database;

  private RestTestClient client;

  @BeforeEach
  void authenticate() {
    client =
        plainClient.mutate().defaultHeader("Authorization", "Bearer " + TestTokens.ADMIN).build();
  }

  @Test
  void createsReadsReplacesAndDeletes() {
    EntityExchangeResult<byte[]> created =
        client
            .post()
            .uri(PATH)
            .contentType(MediaType.APPLICATION_JSON)
            .body("{\"name\":\"Ärzte & Co\",\"timezone\":\"Europe/Berlin\"}")
            .exchange()
            .expectStatus()
            .isCreated()
            .expectHeader()
            .valueMatches("Location", PATH + "/[0-9]+")
            .expectBody()
            .jsonPath("$.name")
            .isEqualTo("Ärzte & Co")
            .jsonPath("$.status")
            .isEqualTo("active")
            .jsonPath("$.version")
            .isEqualTo(0)
            .jsonPath("$.created_at")
            .exists()
            .returnResult();
    String location = String.valueOf(created.getResponseHeaders().getLocation());
    String tag = String.valueOf(created.getResponseHeaders().getETag());
    String document = read(location, tag);

    client
        .put()
        .uri(location)
        .contentType(MediaType.APPLICATION_JSON)
        .header("If-Match", tag)
        .body(document.replace("Europe/Berlin", "Asia/Tokyo").replace("active", "suspended"))
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.timezone")
        .isEqualTo("Asia/Tokyo")
        .jsonPath("$.status")
        .isEqualTo("suspended")
        .jsonPath("$.version")
        .isEqualTo(1);
    client.delete().uri(location).header("If-Match", tag).exchange().expectStatus().isEqualTo(412);
    client.delete().uri(location).exchange().expectStatus().isNoContent();
    client
        .get()
        .uri(location)
        .exchange()
        .expectStatus()
        .isNotFound()
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("/problems/organization-not-found");
  }

  @Test
  void updateBySqlChangesTheEntityTag() {
    long id = create("Outside");
    String before = tag(id);

    database.update("update organizations set name = 'Elsewhere' where id = ?", id);

    assertThat(tag(id)).isNotEqualTo(before);
    client
        .put()
        .uri(PATH + "/" + id)
        .contentType(MediaType.APPLICATION_JSON)
        .header("If-Match", before)
        .body("{\"name\":\"Mine\",\"timezone\":\"UTC\"}")
        .exchange()
        .expectStatus()
        .isEqualTo(412);
  }

  @Test
  void replacingWithTheSameDocumentChangesNothing() {
    long id = create("Same");
    String before = tag(id);

    client
        .put()
        .uri(PATH + "/" + id)
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"name\":\"Same\",\"timezone\":\"UTC\"}")
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("ETag", before);
  }

  @Test
  void listsPagesFiltersAndSearchesLiterally() {
    String mark = UUID.randomUUID().toString();
    create(mark + " one 100%_a");
    create(mark + " two 100xya");
    create(mark + " THREE");
    database.update(
        "update organizations set status = 'suspended' where name = ?", mark + " THREE");

    assertTotal("?q=" + mark.toUpperCase(Locale.ROOT), 3);
    assertTotal("?q=" + mark + "%20three&status=suspended", 1);
    assertTotal("?q=" + mark + "&status=active", 2);
    assertTotal("?q=100%25_a&status=active&size=200", 1);
    client
        .get()
        .uri(URI.create(PATH + "?size=2&page=1&q=" + mark))
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.items.length()")
        .isEqualTo(1)
        .jsonPath("$.items[0].name")
        .isEqualTo(mark + " THREE")
        .jsonPath("$.page")
        .isEqualTo(1)
        .jsonPath("$.size")
        .isEqualTo(2)
        .jsonPath("$.total")
        .isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"a\"} | timezone",
        "{\"timezone\":\"UTC\"} | name",
        "{\"name\":\"a\",\"timezone\":\"+02:00\"} | timezone",
        "{\"name\":\"a\",\"timezone\":\"Mars/Olympus\"} | timezone",
        "{\"name\":\"a\",\"timezone\":\"\"} | timezone",
        "{\"name\":\"a\",\"timezone\":\"UTC\",\"status\":\"closed\"} | status",
        "{\"name\":\"a\\n\",\"timezone\":\"UTC\"} | name",
        "{\"name\":\"a\",\"timezone\":\"UTC\",\"organization_id\":1} | organization_id",
      })
  void invalidBodiesAreRejected(String body, String field) {
    client
        .post()
        .uri(PATH)
        .contentType(MediaType.APPLICATION_JSON)
        .body(body)
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.errors.length()")
        .isEqualTo(1)
        .jsonPath("$.errors[0].field")
        .isEqualTo(field);
  }

  @Test
  void nameLengthCountsCharacters() {
    String longest = "\\uD83D\\uDCDE".repeat(255); // 255 characters, 510 UTF-16 units

    post("{\"name\":\"" + longest + "\",\"timezone\":\"UTC\"}").expectStatus().isCreated();
    post("{\"name\":\"" + longest + "x\",\"timezone\":\"UTC\"}").expectStatus().isBadRequest();
  }

  private RestTestClient.ResponseSpec post(String body) {
    return client.post().uri(PATH).contentType(MediaType.APPLICATION_JSON).body(body).exchange();
  }

  private long create(String name) {
    URI location =
        post("{\"name\":\"" + name + "\",\"timezone\":\"UTC\"}")
            .expectStatus()
            .isCreated()
            .returnResult(Void.class)
            .getResponseHeaders()
            .getLocation();
    return Long.parseLong(String.valueOf(location).substring(PATH.length() + 1));
  }

  private String read(String location, String expectedTag) {
    return String.valueOf(
        client
            .get()
            .uri(location)
            .exchange()
            .expectStatus()
            .isOk()
            .expectHeader()
            .valueEquals("ETag", expectedTag)
            .expectBody(String.class)
            .returnResult()
            .getResponseBody());
  }

  private String tag(long id) {
    return String.valueOf(
        client
            .get()
            .uri(PATH + "/" + id)
            .exchange()
            .expectStatus()
            .isOk()
            .returnResult(Void.class)
            .getResponseHeaders()
            .getETag());
  }

  private void assertTotal(String query, int total) {
    client
        .get()
        .uri(URI.create(PATH + query))
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.total")
        .isEqualTo(total);
  }
}
