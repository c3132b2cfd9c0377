package io.voicerouting.routing.web;

import io.voicerouting.web.RequestMeterFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Answers plain requests before Spring MVC, whose search for method, arguments and converters takes
 * longer than a decision (bench/RESULTS.md, ADR 4). Runs after security. What a controller throws
 * is left to Spring MVC, see {@link DirectRouteFailures}.
 */
@Component
final class DirectRouteFilter implements Filter {

  private static final Logger LOGGER = LoggerFactory.getLogger(DirectRouteFilter.class);

  private final DirectRoutes routes;

  DirectRouteFilter(DirectRoutes routes) {
    this.routes = routes;
  }

  @Override
  public void doFilter(ServletRequest received, ServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) received;
    HttpServletResponse response = (HttpServletResponse) answer;
    DirectRoutes.Found found = routes.find(request);
    if (found == null) {
      chain.doFilter(request, response);
      return;
    }
    RequestMeterFilter.setPattern(request, found.route().pattern());
    byte[] body;
    try {
      body = found.handle(request, response);
    } catch (RuntimeException e) {
      DirectRouteFailures.set(request, found.route(), e);
      chain.doFilter(request, response);
      return;
    }
    write(body, response);
  }

  private static void write(byte[] body, HttpServletResponse response) {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(body.length);
    try {
      response.getOutputStream().write(body);
    } catch (IOException e) {
      LOGGER.debug("The client disconnected", e);
    }
  }
}
