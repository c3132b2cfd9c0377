package io.voicerouting.routing.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Describes the {@code Cache-Status} header of routing answers in the API document. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class RoutingResponseCustomizer implements OperationCustomizer {

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    if (method.getBeanType().getPackage().equals(getClass().getPackage())) {
      operation
          .getResponses()
          .forEach(
              (status, response) -> {
                switch (status) {
                  case "200" -> {
                    response.description("The answer");
                    addCacheStatus(response, "voice-routing; hit; ttl=1712");
                  }
                  case "404", "503" -> addCacheStatus(response, "voice-routing; fwd=miss");
                  default -> {} // refused before any lookup
                }
              });
    }
    return operation;
  }

  private static void addCacheStatus(ApiResponse response, String example) {
    response.addHeaderObject(
        "Cache-Status",
        new Header()
            .description("One member for each lookup, in order (RFC 9211)")
            .schema(new StringSchema())
            .example(example));
  }
}
