package io.voicerouting.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the API document says of answers: their headers, and every way to fail. */
final class ApiResponses {

  /** Name of the schema of problem documents. */
  static final String PROBLEM = "Problem";

  /** An entity tag as answers have it. */
  static final String EXAMPLE_TAG = "\"x0FTI3edbjpTlhppbPGw5Q\"";

  private ApiResponses() {}

  static void describe(OpenAPI document) {
    document
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach((method, operation) -> describe(path, method, operation)));
  }

  private static void describe(String path, HttpMethod method, Operation operation) {
    operation.getResponses().forEach((status, response) -> describeSuccess(path, method, response));
    if (isDocument(path, method)) {
      operation
          .getResponses()
          .addApiResponse(
              "304",
              new ApiResponse().description("If-None-Match names the document as it is stored"));
    }
    for (ApiFailures.Failure failure : ApiFailures.of(path, method)) {
      ApiResponse response =
          operation
              .getResponses()
              .computeIfAbsent(Integer.toString(failure.status()), status -> new ApiResponse());
      addFailure(path, failure, response);
    }
  }

  private static void describeSuccess(String path, HttpMethod method, ApiResponse response) {
    if (path.contains("/routing/")) {
      response.description("The answer, and how each lookup for it was answered");
      cacheStatus(response, "voice-routing; hit; ttl=1712");
    } else if (method == HttpMethod.DELETE) {
      response.description("It is gone");
    } else if (method == HttpMethod.GET && !path.endsWith("}")) {
      response.description("The page");
    } else {
      response.description("The document as it is now stored");
      header(response, "ETag", "Changes whenever the document does; for If-Match", EXAMPLE_TAG);
      if (method == HttpMethod.POST) {
        String location = path.contains("{org}") ? example(path) + "/7" : path + "/42";
        header(response, "Location", "Where the document is", location);
      }
    }
  }

  /** Whether it reads one document of the admin API, which has an entity tag. */
  private static boolean isDocument(String path, HttpMethod method) {
    return method == HttpMethod.GET && path.endsWith("}") && !path.contains("/routing/");
  }

  private static String example(String path) {
    return path.replace("{org}", "42").replaceAll("\\{\\w+}", "7");
  }

  private static void cacheStatus(ApiResponse response, String example) {
    header(response, "Cache-Status", "One member a lookup, in order (RFC 9211)", example);
  }

  private static void addFailure(String path, ApiFailures.Failure failure, ApiResponse response) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "/problems/" + failure.slug());
    document.put("title", Problems.title(failure.slug()));
    document.put("status", failure.status());
    document.put("detail", failure.description());
    document.put("instance", example(path));
    if (failure.slug().equals(Problems.VALIDATION_FAILED)) {
      document.put(
          Problems.ERRORS,
          List.of(Map.of("field", "org", "message", "'0' (expected: a positive 64-bit integer)")));
    }
    String before = response.getDescription();
    response.description(
        before == null ? failure.description() : before + " Or: " + failure.description());
    if (response.getContent() == null) {
      MediaType type = new MediaType().schema(new Schema<>().$ref(PROBLEM));
      response.content(new Content().addMediaType("application/problem+json", type));
      if (failure.status() == 503) {
        header(response, "Retry-After", "Whole seconds", "1");
      }
      if (path.contains("/routing/") && (failure.status() == 404 || failure.status() == 503)) {
        cacheStatus(response, "voice-routing; fwd=miss");
      }
    }
    response
        .getContent()
        .values()
        .forEach(type -> type.addExamples(failure.slug(), new Example().value(document)));
  }

  private static void header(ApiResponse to, String name, String description, String example) {
    to.addHeaderObject(
        name, new Header().description(description).schema(new StringSchema()).example(example));
  }

  static Schema<?> problemSchema() {
    Schema<?> error =
        new ObjectSchema()
            .addProperty("field", text("Member or parameter", "extension_number"))
            .addProperty("message", text("What was found and expected", "is required"));
    return new ObjectSchema()
        .description("RFC 9457 problem document")
        .addProperty("type", text("Stable name of the problem", "/problems/validation-failed"))
        .addProperty("title", text("The name in words", "Validation failed"))
        .addProperty("status", new IntegerSchema().description("The HTTP status").example(400))
        .addProperty("detail", text("One sentence for people", "extension_number: is required"))
        .addProperty("instance", text("The path", "/api/v1/organizations/42/extensions"))
        .addProperty(
            Problems.ERRORS,
            new ArraySchema().items(error).description("Field errors, for validation-failed"));
  }

  private static Schema<?> text(String description, String example) {
    return new StringSchema().description(description).example(example);
  }
}
