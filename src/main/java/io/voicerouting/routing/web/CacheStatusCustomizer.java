package io.voicerouting.routing.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Describes the {@code Cache-Status} header of routing answers in the API document. */
@Component
final class CacheStatusCustomizer implements OpenApiCustomizer {

  @Override
  public void customise(OpenAPI document) {
    document.getPaths().entrySet().stream()
        .filter(path -> path.getKey().contains("/routing/"))
        .flatMap(path -> path.getValue().readOperations().stream())
        .filter(operation -> !operation.getTags().contains("Platforms")) // describe it themselves
        .forEach(operation -> operation.getResponses().forEach(CacheStatusCustomizer::describe));
  }

  private static void describe(String status, ApiResponse response) {
    switch (status) {
      case "200" -> {
        response.description("The answer");
        addHeader(response, "voice-routing; hit; ttl=1712");
      }
      case "404", "503" -> addHeader(response, "voice-routing; fwd=miss");
      default -> {} // answered before any lookup
    }
  }

  private static void addHeader(ApiResponse response, String example) {
    response.addHeaderObject(
        "Cache-Status",
        new Header()
            .description("One member for each lookup, in order (RFC 9211)")
            .schema(new StringSchema())
            .example(example));
  }
}
