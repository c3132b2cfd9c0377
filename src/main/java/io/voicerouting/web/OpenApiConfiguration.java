package io.voicerouting.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the API document says of every operation: who may call it, and how it fails. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  private static final String PROBLEM = "Problem";
  private static final String BEARER = "bearer";
  private static final String BASIC = "basic";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Voice Routing Cache")
                .version("1")
                .description(
                    "Where does this call go? Errors are problem documents (RFC 9457); `type` is"
                        + " stable, field errors come all at once. Roles depend on the path: PLATFORM"
                        + " for .../routing/..., ADMIN for the rest of /api/v1, OPS for /actuator."))
        .components(
            new Components()
                .addSecuritySchemes(
                    BEARER, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(BEARER))
                .addSecuritySchemes(
                    BASIC,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme(BASIC)
                        .description("Any user; the token is the password"))
                .addSchemas(PROBLEM, problemSchema()))
        .addSecurityItem(new SecurityRequirement().addList(BEARER))
        .addSecurityItem(new SecurityRequirement().addList(BASIC));
  }

  @Bean
  OpenApiCustomizer failures() {
    return document ->
        document
            .getPaths()
            .forEach(
                (path, item) ->
                    item.readOperationsMap()
                        .forEach((method, operation) -> describe(path, method, operation)));
  }

  private static void describe(String path, HttpMethod method, Operation operation) {
    failuresOf(path, method)
        .forEach(
            (status, failure) -> operation.getResponses().putIfAbsent(status, failure.response()));
    if (path.contains("/routing/")) {
      addHeader(operation, "Cache-Status", "How each lookup was answered (RFC 9211), in order");
    } else if (method != HttpMethod.DELETE && (path.endsWith("}") || method != HttpMethod.GET)) {
      addHeader(operation, "ETag", "Changes whenever the document does; for If-Match");
    }
  }

  /** One way to fail: the problem's slug and a sentence for people. */
  private record Failure(String slug, int status, String description) {
    ApiResponse response() {
      Map<String, Object> example = new LinkedHashMap<>();
      example.put("type", "/problems/" + slug);
      example.put("status", status);
      example.put("detail", description);
      MediaType media =
          new MediaType()
              .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))
              .example(example);
      return new ApiResponse()
          .description(description)
          .content(new Content().addMediaType("application/problem+json", media));
    }
  }

  private static Map<String, Failure> failuresOf(String path, HttpMethod method) {
    boolean routing = path.contains("/routing/");
    boolean decision = path.endsWith("/decision");
    boolean body = method == HttpMethod.POST || method == HttpMethod.PUT;
    Map<String, Failure> failures = new LinkedHashMap<>();
    add(failures, "validation-failed", 400, "A parameter or member was refused; errors lists all.");
    add(failures, "unauthorized", 401, "There is no valid token.");
    add(failures, "forbidden", 403, "The token is another role's.");
    if (routing && !decision) {
      boolean extension = path.contains("/extensions/");
      add(failures, extension ? "extension-not-found" : "no-active-schedule", 404, "None there.");
    } else if (!decision && path.contains("{org}")) {
      add(failures, "not-found", 404, "The organization, or its item, does not exist.");
    }
    if (!routing && body) {
      add(failures, "conflict", 409, "It would be a duplicate; type says of what.");
    }
    if (!routing && (method == HttpMethod.PUT || method == HttpMethod.DELETE)) {
      add(failures, "precondition-failed", 412, "If-Match names another version.");
    }
    if (body) {
      add(failures, "content-too-large", 413, "The body is larger than 1 MiB.");
      add(failures, "unsupported-media-type", 415, "The body is not JSON.");
    }
    add(failures, "unavailable", 503, "Nobody can answer now; Retry-After says when to ask again.");
    return failures;
  }

  private static void add(
      Map<String, Failure> failures, String slug, int status, String description) {
    failures.put(Integer.toString(status), new Failure(slug, status, description));
  }

  private static void addHeader(Operation operation, String name, String description) {
    operation
        .getResponses()
        .forEach(
            (status, response) -> {
              if (status.startsWith("2")) {
                response.addHeaderObject(
                    name, new Header().description(description).schema(new StringSchema()));
              }
            });
  }

  private static Schema<?> problemSchema() {
    Schema<?> error =
        new ObjectSchema()
            .addProperty("field", new StringSchema().example("extension_number"))
            .addProperty("message", new StringSchema().example("is required"));
    return new ObjectSchema()
        .description("RFC 9457 problem document")
        .addProperty("type", new StringSchema().example("/problems/validation-failed"))
        .addProperty("title", new StringSchema())
        .addProperty("status", new Schema<Integer>().type("integer"))
        .addProperty("detail", new StringSchema())
        .addProperty("instance", new StringSchema())
        .addProperty("errors", new ArraySchema().items(error));
  }
}
