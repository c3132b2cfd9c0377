package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code PATCH} (RFC 7396) and preconditions of every resource of the admin API. */
@IntegrationTest
class MergePatchTest {

  private static final String ORGANIZATIONS = "/api/v1/organizations";

  /** One resource: a new document, a member with a default, and a change of another member. */
  enum Resource {
    ORGANIZATION(
        "",
        """
        {"name":"Acme","timezone":"America/New_York","status":"suspended"}""",
        "name",
        "status",
        "active"),
    EXTENSION(
        "/extensions",
        """
        {"extension_number":"1001","type":"user","status":"inactive","display_name":"Ada",
         "configuration":{"timeout_seconds":20}}""",
        "display_name",
        "status",
        "active"),
    BUSINESS_HOURS(
        "/business-hours",
        """
        {"name":"Head office","status":"inactive","timezone":"Europe/Berlin",
         "open_hours_action":{"type":"extension","target":"1"},
         "closed_hours_action":{"type":"voicemail","target":"1"},
         "schedule":{"monday":{"enabled":true,
           "time_ranges":[{"start_time":"09:00","end_time":"17:00"}]}}}""",
        "name",
        "timezone",
        null);

    private final String path;
    private final String document;
    private final String text;
    private final String member;
    private final @Nullable String byDefault;

    Resource(String path, String document, String text, String member, @Nullable String byDefault) {
      this.path = path;
      this.document = document;
      this.text = text;
      this.member = member;
      this.byDefault = byDefault;
    }
  }

  @Autowired private RestTestClient client;
  private Calls admin;
  private String organization;

  @BeforeEach
  void createOrganization() {
    admin = new Calls(client, TestTokens.ADMIN);
    organization =
        location(
            admin.send(HttpMethod.POST, "{\"name\":\"Test\",\"timezone\":\"UTC\"}", ORGANIZATIONS));
  }

  @ParameterizedTest
  @EnumSource
  void changesOnlyTheNamedMembers(Resource resource) {
    Answer before = create(resource);

    Answer after = patch(before, "{\"" + resource.text + "\":\"Other\"}");

    assertThat(after.status().value()).as(after.body().toString()).isEqualTo(200);
    ObjectNode expected = (ObjectNode) before.body().deepCopy();
    expected.put(resource.text, "Other").put("version", before.body().path("version").asInt() + 1);
    expected.set("updated_at", after.body().path("updated_at"));
    assertThat(after.body()).isEqualTo(expected);
    Answer stored = admin.get(location(before));
    assertThat(stored.body()).isEqualTo(expected);
    assertThat(after.headers().getETag())
        .isEqualTo(stored.headers().getETag())
        .isNotEqualTo(before.headers().getETag());
  }

  @ParameterizedTest
  @EnumSource
  void nullResetsAMemberToItsDefault(Resource resource) {
    Answer before = create(resource);

    Answer after = patch(before, "{\"" + resource.member + "\":null}");

    assertThat(after.status().value()).as(after.body().toString()).isEqualTo(200);
    assertThat(after.body().path(resource.member).asString(null)).isEqualTo(resource.byDefault);
  }

  @ParameterizedTest
  @EnumSource
  void emptyPatchChangesNothing(Resource resource) {
    Answer before = create(resource);

    Answer after = patch(before, "{}");

    assertThat(after.status().value()).isEqualTo(200);
    assertThat(after.body()).isEqualTo(before.body());
    assertThat(after.headers().getETag()).isEqualTo(before.headers().getETag());
  }

  @ParameterizedTest
  @EnumSource
  void readOnlyMembersAreIgnored(Resource resource) {
    Answer before = create(resource);

    Answer after = patch(before, "{\"id\":1,\"version\":null,\"created_at\":\"x\"}");

    assertThat(after.status().value()).isEqualTo(200);
    assertThat(after.body()).isEqualTo(before.body());
  }

  @ParameterizedTest
  @EnumSource
  void reportsAllErrorsAtOnce(Resource resource) {
    Answer before = create(resource);

    Answer answer =
        patch(
            before,
            "{\"colour\":1,\"color\":null,\"status\":\"x\",\"%s\":\" \"}".formatted(resource.text));

    assertThat(answer.status().value()).isEqualTo(400);
    assertThat(fields(answer)).isEqualTo(Set.of("colour", "color", "status", resource.text));
    assertThat(admin.get(location(before)).body()).isEqualTo(before.body());
  }

  @ParameterizedTest
  @EnumSource
  void ifMatchIsHonoured(Resource resource) {
    Answer before = create(resource);
    String patch = "{\"" + resource.text + "\":\"Other\"}";
    String tag = String.valueOf(before.headers().getETag());

    assertThat(patch(before, patch, "If-Match", "\"other\"").status().value()).isEqualTo(412);
    assertThat(patch(before, patch, "If-Match", tag).status().value()).isEqualTo(200);
    assertThat(patch(before, patch, "If-Match", tag).status().value()).isEqualTo(412);
  }

  @ParameterizedTest
  @EnumSource
  void ifNoneMatchRefusesToChangeWhatExists(Resource resource) {
    Answer before = create(resource);
    String tag = String.valueOf(before.headers().getETag());

    for (String refused : List.of("*", tag, "W/" + tag, "\"other\", " + tag)) {
      Map<String, String> header = Map.of("If-None-Match", refused);
      Map<String, String> both = Map.of("If-None-Match", refused, "If-Match", tag);
      for (Map<String, String> headers : List.of(header, both)) {
        assertThat(change(HttpMethod.PUT, before, resource.document, headers)).isEqualTo(412);
        assertThat(change(HttpMethod.PATCH, before, "{}", headers)).isEqualTo(412);
        assertThat(change(HttpMethod.DELETE, before, "", headers)).isEqualTo(412);
      }
    }
    assertThat(admin.get(location(before)).body()).isEqualTo(before.body());
    Map<String, String> holds = Map.of("If-None-Match", "\"other\"", "If-Match", tag);
    assertThat(change(HttpMethod.PUT, before, resource.document, holds)).isEqualTo(200);
    assertThat(change(HttpMethod.PATCH, before, "{}", holds)).isEqualTo(200);
    assertThat(change(HttpMethod.DELETE, before, "", holds)).isEqualTo(204);
    assertThat(change(HttpMethod.PUT, before, resource.document, Map.of("If-None-Match", "*")))
        .isEqualTo(404);
  }

  @ParameterizedTest
  @EnumSource
  void otherMediaTypesAreRefused(Resource resource) {
    Answer before = create(resource);

    for (String type : List.of("application/json", "text/plain", "application/json-patch+json")) {
      Answer answer = admin.send(HttpMethod.PATCH, type, "{}", location(before), Map.of());
      assertThat(answer.status().value()).as(type).isEqualTo(415);
      assertThat(answer.body().path("type").asString()).endsWith("unsupported-media-type");
      assertThat(answer.body().path("detail").asString()).contains("merge-patch+json");
      assertThat(answer.headers().getFirst("Accept-Patch"))
          .isEqualTo("application/merge-patch+json");
    }
  }

  @Test
  void patchMustBeAnObject() {
    Answer before = create(Resource.EXTENSION);

    for (String patch : List.of("[]", "null", "\"x\"", "1")) {
      Answer answer = patch(before, patch);
      assertThat(answer.status().value()).as(patch).isEqualTo(400);
      assertThat(fields(answer)).isEqualTo(Set.of("body"));
    }
    for (String patch : List.of("", "{", "{} {}", "{\"status\":1,\"status\":2}")) {
      Answer answer = patch(before, patch);
      assertThat(answer.status().value()).as(patch).isEqualTo(400);
      assertThat(answer.body().path("type").asString()).endsWith("malformed-body");
    }
    assertThat(patch(before, "{\"display_name\":\"" + "x".repeat(1 << 20) + "\"}").status().value())
        .isEqualTo(413);
  }

  @Test
  void nestedObjectsAreMergedAndListsReplaced() {
    Answer before = create(Resource.BUSINESS_HOURS);

    Answer after =
        patch(
            before,
            """
            {"closed_hours_action":{"target":"2"},
             "schedule":{"monday":{"time_ranges":[{"start_time":"10:00","end_time":"11:00"}]},
               "tuesday":{"enabled":true}}}""");

    assertThat(after.status().value()).as(after.body().toString()).isEqualTo(200);
    assertThat(after.body().path("closed_hours_action").toString())
        .isEqualTo("{\"type\":\"voicemail\",\"target\":\"2\"}");
    assertThat(after.body().at("/schedule/monday").toString())
        .isEqualTo(
            "{\"enabled\":true,\"time_ranges\":[{\"start_time\":\"10:00\",\"end_time\":\"11:00\"}]}");
    assertThat(after.body().at("/schedule/tuesday/enabled").asBoolean()).isTrue();
    Answer disabled = patch(before, "{\"schedule\":{\"monday\":null}}");
    assertThat(disabled.body().at("/schedule/monday/enabled").asBoolean()).isFalse();
    assertThat(fields(patch(before, "{\"schedule\":{\"mnoday\":null}}")))
        .isEqualTo(Set.of("schedule.mnoday"));
  }

  @Test
  void configurationOfAnotherTypeReplacesMembers() {
    Answer before = create(Resource.EXTENSION);

    Answer refused = patch(before, "{\"type\":\"ivr\",\"configuration\":{\"ivr_menu_id\":\"7\"}}");
    Answer after =
        patch(
            before,
            "{\"type\":\"ivr\",\"configuration\":{\"ivr_menu_id\":\"7\",\"timeout_seconds\":null}}");

    assertThat(fields(refused)).isEqualTo(Set.of("configuration.timeout_seconds"));
    assertThat(after.body().path("configuration").toString()).isEqualTo("{\"ivr_menu_id\":\"7\"}");
  }

  @ParameterizedTest
  @EnumSource
  void missingItemIsNotFound(Resource resource) {
    Answer before = create(resource);
    assertThat(change(HttpMethod.DELETE, before, "", Map.of())).isEqualTo(204);

    assertThat(patch(before, "{}").status().value()).isEqualTo(404);
  }

  private Answer create(Resource resource) {
    String collection =
        resource == Resource.ORGANIZATION ? ORGANIZATIONS : organization + resource.path;
    Answer created = admin.send(HttpMethod.POST, resource.document, collection);
    assertThat(created.status().value()).as(created.body().toString()).isEqualTo(201);
    return created;
  }

  private Answer patch(Answer of, String patch) {
    return admin.patch(patch, location(of), Map.of());
  }

  private Answer patch(Answer of, String patch, String header, String value) {
    return admin.patch(patch, location(of), Map.of(header, value));
  }

  private int change(HttpMethod method, Answer of, String body, Map<String, String> headers) {
    String type =
        method.equals(HttpMethod.PATCH) ? "application/merge-patch+json" : "application/json";
    return admin.send(method, type, body, location(of), headers).status().value();
  }

  private static String location(Answer created) {
    return String.valueOf(created.headers().getLocation());
  }

  private static Set<String> fields(Answer answer) {
    Stream<JsonNode> errors = answer.body().path("errors").valueStream();
    return errors.map(error -> error.path("field").asString()).collect(Collectors.toSet());
  }
}
