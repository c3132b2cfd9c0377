package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.Calls;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The API document is complete. */
@IntegrationTest
class ApiDocumentTest {

  @Autowired private RestTestClient client;

  @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;

  private final List<String> missing = new ArrayList<>();

  private JsonNode document;

  @BeforeEach
  void readDocument() {
    document = new Calls(client, TestTokens.OPS).get("/v3/api-docs").body();
    assertThat(document.at("/paths").size()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void everyOperationAndParameterIsDescribed() {
    forEachOperation(
        (name, operation) -> {
          require(name, operation, "summary", "description", "operationId", "tags");
          for (JsonNode parameter : operation.path("parameters")) {
            require(name + " " + parameter.path("name"), parameter, "description");
            if (parameter.at("/schema/enum").isMissingNode()) {
              require(name + " " + parameter.path("name"), parameter, "example");
            }
            assertThat(parameter.at("/schema/$ref").isMissingNode()).as(name).isTrue();
          }
        });
    assertThat(missing).isEmpty();
  }

  @Test
  void everyResponseIsDescribedAndEveryErrorHasExamples() {
    forEachOperation(
        (name, operation) -> {
          if (isOfPlatform(operation)) {
            return; // below
          }
          assertThat(operation.path("responses").propertyNames())
              .as(name)
              .contains("400", "401", "403", "503");
          for (var response : operation.path("responses").properties()) {
            String where = name + " " + response.getKey();
            require(where, response.getValue(), "description");
            assertThat(response.getValue().path("description").asString())
                .isNotIn("OK", "Created", "No Content", "Bad Request");
            if (Integer.parseInt(response.getKey()) >= 400) {
              problemExamples(where, response.getKey(), response.getValue());
            } else if (!List.of("204", "304").contains(response.getKey())) {
              require(where, response.getValue().at("/content/application~1json"), "schema");
            }
          }
        });
    assertThat(missing).isEmpty();
  }

  /** Platforms are answered in their own formats, and without a body if there is no decision. */
  @Test
  void everyPlatformIsDescribed() {
    List<String> platforms = new ArrayList<>();
    forEachOperation(
        (name, operation) -> {
          if (isOfPlatform(operation)) {
            platforms.add(name);
            JsonNode responses = operation.path("responses");
            assertThat(responses.propertyNames())
                .as(name)
                .containsExactlyInAnyOrder("200", "401", "403", "429", "503");
            boolean empty = name.matches(".*/asterisk/(multi|update|store|destroy|static)");
            for (var response : responses.properties()) {
              require(name, response.getValue(), "description");
              boolean answered = response.getKey().equals("200") && !empty;
              assertThat(response.getValue().path("content").size()).isEqualTo(answered ? 1 : 0);
            }
            assertThat(responses.at("/200/headers").has("Cache-Status"))
                .as(name)
                .isEqualTo(!empty && !name.endsWith("/asterisk/require"));
            if (!empty) {
              require(name, responses.at("/200/content").iterator().next(), "schema", "example");
            }
          }
        });
    assertThat(missing).isEmpty();
    List<String> expected = new ArrayList<>();
    for (String base : List.of("/api/v1/routing/", "/api/v1/organizations/{org}/routing/")) {
      for (String path :
          List.of(
              "freeswitch",
              "rtjson",
              "plain",
              "asterisk",
              "asterisk/single",
              "asterisk/require",
              "asterisk/multi",
              "asterisk/update",
              "asterisk/store",
              "asterisk/destroy",
              "asterisk/static",
              "twiml",
              "twiml/after")) {
        expected.add("get " + base + path);
        expected.add("post " + base + path);
      }
      expected.add("post " + base + "jambonz");
      expected.add("post " + base + "jambonz/after");
    }
    assertThat(platforms).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          freeswitch | text~1xml | 'bridge" data="user/1001@'
          rtjson | application~1json | '"sip:1001@acme.example"'
          plain | text~1plain | sip:1001@acme.example
          asterisk | text~1plain | app=Dial
          twiml | application~1xml | <Sip>sip:1001@acme.example</Sip>
          jambonz | application~1json | '"1001@acme.example"'
          """)
  void exampleOfAPlatformIsARoutedCall(String adapter, String type, String dialled) {
    JsonNode post = document.path("paths").path("/api/v1/routing/" + adapter).path("post");
    JsonNode answer = post.at("/responses/200/content/" + type);

    assertThat(answer.path("example").isString()).isEqualTo(!type.contains("json"));
    assertThat(answer.path("example").asString(answer.path("example").toString()))
        .contains(dialled);
  }

  @Test
  void memberSipOfJambonzIsAnObject() {
    JsonNode sip =
        document
            .path("paths")
            .path("/api/v1/routing/jambonz")
            .at("/post/requestBody/content/application~1json/schema/properties/sip");

    assertThat(types(sip)).containsExactly("object");
    assertThat(sip.at("/example/headers/to").stringValue()).isEqualTo("<sip:1001@acme.example>");
  }

  private static boolean isOfPlatform(JsonNode operation) {
    return operation.at("/tags/0").asString("").equals("Platforms");
  }

  @Test
  void headersAndConditionalResponsesAreDescribed() {
    JsonNode paths = document.path("paths");
    String extensions = "/api/v1/organizations/{org}/extensions";

    assertThat(paths.path(extensions).at("/post/responses/201/headers/Location/example").asString())
        .isEqualTo("/api/v1/organizations/42/extensions/7");
    assertThat(
            paths
                .path("/api/v1/organizations")
                .at("/post/responses/201/headers/Location/example")
                .asString())
        .isEqualTo("/api/v1/organizations/7");
    assertThat(paths.path(extensions + "/{id}").at("/get/responses").propertyNames())
        .contains("200", "304", "404");
    assertThat(paths.path(extensions).at("/get/responses").propertyNames()).doesNotContain("304");
    JsonNode lookup =
        paths.path("/api/v1/organizations/{org}/routing/extensions/{number}").at("/get/responses");
    for (String status : List.of("200", "404", "503")) {
      assertThat(lookup.path(status).path("headers").propertyNames())
          .as(status)
          .contains("Cache-Status");
    }
  }

  @Test
  void queriesOfCallsHaveTheMembersOfTheirBodies() {
    for (String path :
        List.of(
            "/api/v1/organizations/{org}/routing/decision",
            "/api/v1/routing/decision",
            "/api/v1/console/explanation")) {
      List<String> query = new ArrayList<>();
      for (JsonNode parameter : document.path("paths").path(path).at("/get/parameters")) {
        if (parameter.path("in").asString().equals("query")) {
          query.add(parameter.path("name").asString());
        }
        if (parameter.path("name").asString().equals("direction")) {
          assertThat(parameter.at("/schema/enum").size()).as(path).isEqualTo(2);
        }
      }
      assertThat(query).as(path).contains("to", "from", "direction", "at");
    }
  }

  private void problemExamples(String where, String status, JsonNode response) {
    JsonNode examples = response.at("/content/application~1problem+json/examples");
    assertThat(examples.size()).as(where).isPositive();
    for (JsonNode example : examples) {
      require(where, example.path("value"), "type", "title", "status", "detail", "instance");
      assertThat(example.at("/value/status").asString()).as(where).isEqualTo(status);
    }
  }

  @Test
  void everySchemaAndMemberIsDescribed() {
    for (var schema : document.at("/components/schemas").properties()) {
      require(schema.getKey(), schema.getValue(), "description");
      JsonNode discriminator = schema.getValue().at("/discriminator/propertyName");
      for (var member : schema.getValue().path("properties").properties()) {
        if (member.getKey().equals(discriminator.asString(""))) {
          continue; // the generator adds it and describes it in the mapping
        }
        String where = schema.getKey() + "." + member.getKey();
        assertThat(member.getKey()).as(where).matches("[a-z0-9_]+");
        requireOneOf(where, member.getValue(), "description", "$ref", "anyOf");
        requireOneOf(
            where, member.getValue(), "example", "enum", "items", "$ref", "oneOf", "anyOf");
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void nullableMembersAreNullable() {
    JsonNode schemas = document.at("/components/schemas");

    for (String nullable : List.of("to", "from", "valid_until")) {
      assertThat(types(schemas.at("/Decision/properties/" + nullable)))
          .as(nullable)
          .contains("string", "null");
    }
    assertThat(types(schemas.at("/Decision/properties/reason"))).containsExactly("string");
    JsonNode hours = schemas.at("/Decision/properties/business_hours");
    assertThat(hours.path("type").isMissingNode()).isTrue();
    assertThat(hours.at("/anyOf/0/$ref").asString()).startsWith("#/components/schemas/");
    assertThat(types(hours.at("/anyOf/1"))).containsExactly("null");
    assertThat(schemas.at("/Decision/properties/action/anyOf").isMissingNode()).isTrue();
    JsonNode direction = schemas.at("/DecisionBody/properties/direction");
    assertThat(types(direction)).contains("string", "null");
    assertThat(direction.path("enum").size()).isEqualTo(3); // one of them null
    assertThat(schemas.at("/ExtensionBody/properties/extension_number/pattern").asString())
        .startsWith("^")
        .endsWith("$");
  }

  private static List<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    List<String> types = new ArrayList<>();
    if (type.isArray()) {
      type.forEach(one -> types.add(one.asString()));
    } else {
      types.add(type.asString());
    }
    return types;
  }

  @Test
  void patchesHaveTheMembersOfTheBodyAndRequireNone() {
    int patches = 0;
    for (var path : document.path("paths").properties()) {
      JsonNode patch = path.getValue().path("patch");
      if (!patch.isMissingNode()) {
        patches++;
        String patched =
            patch
                .at("/requestBody/content/application~1merge-patch+json/schema/$ref")
                .asString()
                .replace("#", "");
        String replaced =
            path.getValue()
                .at("/put/requestBody/content/application~1json/schema/$ref")
                .asString()
                .replace("#", "");
        assertThat(document.at(patched).path("properties").propertyNames())
            .isEqualTo(document.at(replaced).path("properties").propertyNames())
            .isNotEmpty();
        assertThat(document.at(patched).path("required").isMissingNode()).isTrue();
        for (JsonNode member : document.at(patched).path("properties")) {
          assertThat(types(member.at("/anyOf/1"))).containsExactly("null");
        }
      }
    }
    assertThat(patches).isGreaterThanOrEqualTo(3);
  }

  @Test
  void replacingWarnsThatAMissingStatusActivates() {
    for (String path :
        List.of(
            "/api/v1/organizations/{org}",
            "/api/v1/organizations/{org}/extensions/{id}",
            "/api/v1/organizations/{org}/business-hours/{id}")) {
      assertThat(document.path("paths").path(path).at("/put/description").asString())
          .as(path)
          .contains("without status")
          .contains("becomes active");
    }
    assertThat(
            document
                .at("/components/schemas/OrganizationBody/properties/name/description")
                .asString())
        .contains("not blank");
  }

  @Test
  void actionsAreDiscriminatedByType() {
    assertThat(document.at("/components/schemas/RoutingAction/discriminator/mapping").properties())
        .extracting(kind -> kind.getKey() + " " + kind.getValue().asString())
        .contains(
            "dial_extension #/components/schemas/DialExtension",
            "reject #/components/schemas/Reject");
  }

  /** Otherwise Spring could not read a wildcard content type, which would be a 500. */
  @Test
  void everyOperationWithABodyConsumesJson() {
    List<String> bodies = new ArrayList<>();
    requestMappingHandlerMapping
        .getHandlerMethods()
        .forEach(
            (mapping, method) -> {
              for (var parameter : method.getMethodParameters()) {
                if (parameter.hasParameterAnnotation(RequestBody.class)) {
                  bodies.add(method.toString());
                  boolean patch =
                      mapping.getMethodsCondition().getMethods().contains(RequestMethod.PATCH);
                  assertThat(mapping.getConsumesCondition().getConsumableMediaTypes())
                      .as(method.toString())
                      .containsExactly(
                          patch
                              ? new MediaType("application", "merge-patch+json")
                              : MediaType.APPLICATION_JSON);
                }
              }
            });
    assertThat(bodies).hasSizeGreaterThanOrEqualTo(7);
  }

  private interface OperationCheck {
    void check(String name, JsonNode operation);
  }

  private void forEachOperation(OperationCheck check) {
    for (var path : document.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        check.check(operation.getKey() + " " + path.getKey(), operation.getValue());
      }
    }
  }

  private void require(String where, JsonNode node, String... members) {
    for (String member : members) {
      if (node.path(member).isMissingNode() || node.path(member).asString("x").isBlank()) {
        missing.add(where + ": " + member);
      }
    }
  }

  private void requireOneOf(String where, JsonNode node, String... members) {
    if (List.of(members).stream().allMatch(member -> node.path(member).isMissingNode())) {
      missing.add(where + ": one of " + List.of(members));
    }
  }
}
