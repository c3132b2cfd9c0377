package io.voicerouting.platform;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
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
      describe(document, adapter, true);
      describe(document, adapter, false);
    }
  }

  private static void describe(OpenAPI document, PlatformAdapter adapter, boolean organization) {
    PlatformDescription description = adapter.describe();
    Operation operation =
        new Operation()
            .addTagsItem(TAG)
            .operationId(adapter.name() + (organization ? "InOrganization" : ""))
            .summary(description.title())
            .description(description.text() + ' ' + whose(organization))
            .addParametersItem(direction(organization))
            .responses(responses(description));
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
    addFields(operation, description);
    PathItem path = new PathItem();
    path.operation(
        description.requestType() != null ? PathItem.HttpMethod.POST : PathItem.HttpMethod.GET,
        operation);
    document
        .getPaths()
        .addPathItem(
            (organization ? "/api/v1/organizations/{org}" : "/api/v1")
                + "/routing/"
                + adapter.name(),
            path);
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

  private static void addFields(Operation operation, PlatformDescription description) {
    String type = description.requestType();
    ObjectSchema form = new ObjectSchema();
    for (PlatformDescription.Field field : description.fields()) {
      if (type != null) {
        form.addProperty(
            field.name(),
            new StringSchema().description(field.description()).example(field.example()));
      } else {
        operation.addParametersItem(
            new Parameter()
                .in("query")
                .name(field.name())
                .description(field.description())
                .schema(new StringSchema())
                .example(field.example()));
      }
    }
    if (type != null) {
      operation.requestBody(
          new RequestBody()
              .content(new Content().addMediaType(type, new MediaType().schema(form))));
    }
  }

  private static ApiResponses responses(PlatformDescription description) {
    MediaType type = new MediaType().schema(new StringSchema()).example(description.example());
    ApiResponse unavailable =
        new ApiResponse()
            .description("Neither the cache nor the database can answer now. No body.")
            .addHeaderObject(
                HttpHeaders.RETRY_AFTER,
                new Header().description("Whole seconds").schema(new StringSchema()).example("1"));
    ApiResponses responses = new ApiResponses();
    responses.addApiResponse(
        "200",
        new ApiResponse()
            .description("The decision, also to reject the call")
            .addHeaderObject(
                CacheStatus.HEADER,
                new Header()
                    .description("One member for each lookup, in order (RFC 9211)")
                    .schema(new StringSchema())
                    .example("voice-routing; hit; ttl=1712"))
            .content(new Content().addMediaType(description.contentType(), type)));
    responses.addApiResponse(
        "401", new ApiResponse().description("A valid token is required. No body."));
    responses.addApiResponse(
        "403",
        new ApiResponse()
            .description("The token has another role, or the signature is wrong. No body."));
    responses.addApiResponse("503", unavailable);
    return responses;
  }
}
