package io.voicerouting.platform;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.tags.Tag;
import io.voicerouting.cache.CacheStatus;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;

/** Describes the adapters in the API document, which otherwise shows controllers only. */
@Component
final class PlatformApi implements OpenApiCustomizer {

  private static final String TAG = "Platforms";

  private final List<PlatformAdapter> adapters;

  PlatformApi(List<PlatformAdapter> adapters) {
    this.adapters = List.copyOf(adapters);
  }

  @Override
  public void customise(OpenAPI document) {
    document.addTagsItem(
        new Tag().name(TAG).description("Decisions in the formats of telephony platforms"));
    for (PlatformAdapter adapter : adapters) {
      PlatformDescription description = adapter.describe();
      for (boolean organization : new boolean[] {true, false}) {
        describe(document, adapter, description, description.call(), organization);
        description
            .subPaths()
            .forEach(path -> describe(document, adapter, description, path, organization));
      }
    }
  }

  private static void describe(
      OpenAPI document,
      PlatformAdapter adapter,
      PlatformDescription description,
      PlatformDescription.Path path,
      boolean organization) {
    PathItem item = new PathItem();
    String id = adapter.name() + StringUtils.capitalize(path.name());
    if (description.requestTypes().contains(PlatformDescription.FORM)) {
      Operation get = operation("get", id, description, path, organization);
      for (PlatformDescription.Field field : path.fields()) {
        get.addParametersItem(
            new Parameter()
                .in("query")
                .name(field.name())
                .description(field.description())
                .schema(new StringSchema())
                .example(field.example()));
      }
      item.get(get);
    }
    Operation post = operation("post", id, description, path, organization);
    post.requestBody(body(description.requestTypes(), path));
    item.post(post);
    document
        .getPaths()
        .addPathItem(
            (organization ? "/api/v1/organizations/{org}" : "/api/v1")
                + "/routing/"
                + adapter.name()
                + (path.name().isEmpty() ? "" : "/" + path.name()),
            item);
  }

  private static Operation operation(
      String method,
      String id,
      PlatformDescription description,
      PlatformDescription.Path path,
      boolean organization) {
    Operation operation =
        new Operation()
            .addTagsItem(TAG)
            .operationId(
                method + StringUtils.capitalize(id) + (organization ? "InOrganization" : ""))
            .summary(path.title())
            .description(path.text() + ' ' + whose(organization))
            .addParametersItem(direction(organization))
            .responses(responses(description, path));
    if (organization) {
      operation.addParametersItem(
          new Parameter()
              .in("path")
              .name("org")
              .required(true)
              .description("Id of the organization")
              .schema(new IntegerSchema().format("int64"))
              .example(42));
    }
    return operation;
  }

  private static String whose(boolean organization) {
    return organization
        ? "A request that cannot be used is answered 200, in the platform's terms."
        : "The organization follows from the dialled phone number, or else from the SIP domain.";
  }

  private static Parameter direction(boolean organization) {
    StringSchema direction = new StringSchema();
    direction.addEnumItem("internal");
    direction.addEnumItem("inbound");
    return new Parameter()
        .in("query")
        .name("direction")
        .description(
            "Origin of the call; " + (organization ? "internal" : "inbound") + " if missing")
        .schema(direction);
  }

  private static RequestBody body(List<String> types, PlatformDescription.Path path) {
    ObjectSchema fields = new ObjectSchema();
    for (PlatformDescription.Field field : path.fields()) {
      Schema<?> schema =
          field.example() instanceof String ? new StringSchema() : new ObjectSchema();
      schema.description(field.description());
      schema.setExample(field.example()); // ObjectSchema.example() would make it a text
      fields.addProperty(field.name(), schema);
    }
    Content content = new Content();
    types.forEach(type -> content.addMediaType(type, new MediaType().schema(fields)));
    return new RequestBody().content(content);
  }

  private static MediaType answer(String contentType, String example) {
    if (!contentType.equals(APPLICATION_JSON_VALUE)) {
      return new MediaType().schema(new StringSchema()).example(example);
    }
    Object value = JsonMapper.shared().readValue(example, Object.class);
    Schema<?> schema =
        value instanceof List ? new ArraySchema().items(new ObjectSchema()) : new ObjectSchema();
    return new MediaType().schema(schema).example(value);
  }

  private static ApiResponse answered(String contentType, PlatformDescription.Path path) {
    ApiResponse response = new ApiResponse();
    if (path.example().isEmpty()) {
      return response.description("No body");
    }
    response.content(new Content().addMediaType(contentType, answer(contentType, path.example())));
    if (path.fields().isEmpty()) {
      return response.description("The same for every request");
    }
    return response
        .description("The decision, also to reject the call")
        .addHeaderObject(CacheStatus.HEADER, cacheStatus("voice-routing; hit; ttl=1712"));
  }

  private static Header cacheStatus(String example) {
    return new Header()
        .description("One member for each lookup, in order (RFC 9211)")
        .schema(new StringSchema())
        .example(example);
  }

  private static ApiResponses responses(
      PlatformDescription description, PlatformDescription.Path path) {
    ApiResponse unavailable =
        new ApiResponse()
            .description("Neither the cache nor the database can answer now. No body.")
            .addHeaderObject(CacheStatus.HEADER, cacheStatus("voice-routing; fwd=miss"))
            .addHeaderObject(
                HttpHeaders.RETRY_AFTER,
                new Header().description("Whole seconds").schema(new StringSchema()).example("1"));
    ApiResponses responses = new ApiResponses();
    responses.addApiResponse("200", answered(description.contentType(), path));
    responses.addApiResponse(
        "401", new ApiResponse().description("A valid token is required. No body."));
    responses.addApiResponse(
        "403",
        new ApiResponse()
            .description("The token has another role, or the signature is wrong. No body."));
    responses.addApiResponse(
        "429",
        new ApiResponse()
            .description("Too many requests of this address had a wrong token. No body."));
    responses.addApiResponse("503", unavailable);
    return responses;
  }
}
