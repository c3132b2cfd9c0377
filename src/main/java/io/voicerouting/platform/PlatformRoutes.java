package io.voicerouting.platform;

import io.voicerouting.web.RequestMeterFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Handles the requests of platforms: every request at and below an adapter's path is answered by
 * the adapter, also with an error. Spring MVC's controllers would read the servlet's parameters,
 * and answer errors in other formats.
 */
@Component
final class PlatformRoutes implements HandlerMapping, HandlerAdapter, Ordered {

  private static final Logger LOGGER = LoggerFactory.getLogger(PlatformRoutes.class);

  private static final Set<String> METHODS =
      Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(), HttpMethod.POST.name());

  private final PlatformPaths paths;
  private final PlatformCalls calls;
  private final InstantSource clock;

  PlatformRoutes(PlatformPaths paths, PlatformCalls calls, InstantSource clock) {
    this.paths = paths;
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
    PlatformPaths.Match match =
        paths.find(
            ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication().value());
    return match == null ? null : new HandlerExecutionChain(match);
  }

  @Override
  public boolean supports(Object handler) {
    return handler instanceof PlatformPaths.Match;
  }

  @Override
  public @Nullable ModelAndView handle(
      HttpServletRequest request, HttpServletResponse response, Object handler)
      throws AsyncRequestNotUsableException {
    PlatformPaths.Match match = (PlatformPaths.Match) handler;
    RequestMeterFilter.setPattern(request, match.pattern());
    PlatformAnswer answer = answer(match, request, response);
    try {
      answer.write(response);
    } catch (IOException e) {
      // Spring treats this exception as a client disconnect and writes no error response.
      throw new AsyncRequestNotUsableException("The client disconnected", e);
    }
    return null;
  }

  private PlatformAnswer answer(
      PlatformPaths.Match match, HttpServletRequest request, HttpServletResponse response) {
    if (!match.known() || !METHODS.contains(request.getMethod())) {
      return match.adapter().unusable();
    }
    try {
      String body = PlatformRequest.readBody(request);
      return body == null
          ? match.adapter().unusable()
          : calls.answer(
              match.adapter(),
              new PlatformRequest(
                  match.organizationId(),
                  match.subPath(),
                  request.getQueryString(),
                  request,
                  body,
                  clock.instant()),
              response);
    } catch (IOException e) {
      LOGGER.debug("The body of a request could not be read", e);
      return match.adapter().unusable();
    } catch (RuntimeException e) {
      LOGGER.error("Request failed", e);
      return PlatformAnswer.empty(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
