package io.voicerouting.bench.baseline;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Returns recorded answers of the service without Spring MVC's method mapping, argument resolution
 * and message conversion, which the service's own routes bypass, too: the upper bound for them.
 */
@Component
@Profile("constant-direct")
class ConstantRoutes implements HandlerMapping, Ordered {

  private static final String ROUTES = "/api/v1/organizations/{org}/routing/baseline";

  private final HttpRequestHandler extension;
  private final HttpRequestHandler businessHours;
  private final HttpRequestHandler decision;

  /** Reads the answers from {@code <endpoint>.json} in a directory. */
  ConstantRoutes(@Value("${baseline.answers}") Path directory) throws IOException {
    extension = constant("/extensions/{number}", directory.resolve("extension.json"));
    businessHours = constant("/business-hours", directory.resolve("business-hours.json"));
    decision = constant("/decision", directory.resolve("decision.json"));
  }

  private static HttpRequestHandler constant(String path, Path file) throws IOException {
    byte[] body = Files.readAllBytes(file);
    return (request, response) -> {
      ServerHttpObservationFilter.findObservationContext(request)
          .ifPresent(observed -> observed.setPathPattern(ROUTES + path));
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    };
  }

  @Override
  public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
    String path = request.getRequestURI();
    if (!path.contains("/routing/baseline/")) {
      return null;
    }
    return new HandlerExecutionChain(
        path.endsWith("/decision")
            ? decision
            : path.endsWith("/business-hours") ? businessHours : extension);
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
