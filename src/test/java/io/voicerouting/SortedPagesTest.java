package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;

/** {@code sort} of the lists of the admin API. */
@IntegrationTest
class SortedPagesTest {

  @Autowired private RestTestClient client;
  private Calls admin;
  private String organization;
  private String extensions;

  @BeforeEach
  void createExtensions() {
    admin = new Calls(client, TestTokens.ADMIN);
    organization = location(post("/api/v1/organizations", "{\"name\":\"T\",\"timezone\":\"UTC\"}"));
    extensions = organization + "/extensions";
    for (String extension : List.of("3 Ada", "1 Bob", "4 Ada", "2 Bob")) {
      post(
          extensions,
          "{\"extension_number\":\"%s\",\"type\":\"user\",\"display_name\":\"%s\"}"
              .formatted(extension.substring(0, 1), extension.substring(2)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                     | 3 1 4 2",
        "sort=id                              | 3 1 4 2",
        "sort=-id                             | 2 4 1 3",
        "sort=extension_number                | 1 2 3 4",
        "sort=-extension_number               | 4 3 2 1",
        "sort=display_name                    | 3 4 1 2",
        "sort=-display_name                   | 1 2 3 4",
        "sort=display_name,-extension_number  | 4 3 2 1",
        "sort=-display_name&sort=-id          | 2 1 4 3",
        "sort=type,status,-created_at         | 2 4 1 3",
        "sort=extension_number&page=1&size=3  | 4",
      })
  void sortsByMembers(String query, String numbers) {
    assertThat(numbers(query == null ? "" : query)).isEqualTo(List.of(numbers.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour",
        "configuration",
        "extensionNumber",
        "organization_id",
        "",
        ",",
        "id,",
        "--id",
        "id,-id",
        "id%20desc",
        "id;drop",
        "deleted_at",
        "a,b,c,d,e,f",
      })
  void otherMembersAreRefused(String sort) {
    Answer answer = admin.get(URI.create(extensions + "?sort=" + sort));

    assertThat(answer.status().value()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo("sort");
    assertThat(answer.body().path("errors").size()).isEqualTo(1);
  }

  @Test
  void messageNamesTheMembers() {
    assertThat(admin.get(extensions + "?sort=-colour").body().at("/errors/0/message").asString())
        .isEqualTo(
            "'-colour' (expected: one of created_at, display_name, extension_number, id, status,"
                + " type, updated_at; with - before it in reverse order)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "timezone", "status", "created_at", "-updated_at", "-id"})
  void organizationsAndSchedulesAreSorted(String sort) {
    assertThat(admin.get("/api/v1/organizations?sort=" + sort).status().value()).isEqualTo(200);
    assertThat(admin.get(organization + "/business-hours?sort=" + sort).status().value())
        .isEqualTo(200);
  }

  /** PostgreSQL returns rows without an order where the last update put them. */
  @Test
  void writesDoNotMoveItems() {
    String first = admin.get(extensions + "?size=1").body().at("/items/0/id").asString();
    admin.patch("{\"voicemail_enabled\":true}", extensions + "/" + first, Map.of());

    List<String> paged = new ArrayList<>();
    for (int page = 0; page < 4; page++) {
      paged.addAll(numbers("sort=type&size=1&page=" + page));
    }
    assertThat(paged).containsExactly("3", "1", "4", "2");
  }

  private List<String> numbers(String query) {
    Answer answer = admin.get(extensions + "?" + query);
    assertThat(answer.status().value()).as(answer.body().toString()).isEqualTo(200);
    return answer.body().path("items").findValuesAsString("extension_number");
  }

  private Answer post(String uri, String json) {
    Answer created = admin.send(HttpMethod.POST, json, uri);
    assertThat(created.status().value()).as(created.body().toString()).isEqualTo(201);
    return created;
  }

  private static String location(Answer created) {
    return String.valueOf(created.headers().getLocation());
  }
}
