package io.voicerouting.routing.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Throws the exception of a direct route again where Spring MVC expects it, as if Spring MVC had
 * called the controller's method: the same advice writes the problem.
 */
@Component
final class DirectRouteFailures implements HandlerMapping, HandlerAdapter, Ordered {

  private static final String FAILURE = DirectRouteFailures.class.getName();

  private record Failure(DirectRoute route, RuntimeException cause) {}

  /** Leaves a failure to Spring MVC, which handles the request next. */
  static void set(HttpServletRequest request, DirectRoute route, RuntimeException cause) {
    request.setAttribute(FAILURE, new Failure(route, cause));
  }

  @Override
  public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
    return request.getAttribute(FAILURE) instanceof Failure failure
        ? new HandlerExecutionChain(failure.route())
        : null;
  }

  @Override
  public boolean supports(Object handler) {
    return handler instanceof DirectRoute;
  }

  @Override
  public @Nullable ModelAndView handle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    throw ((Failure) request.getAttribute(FAILURE)).cause();
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
