package io.voicerouting.platform;

import io.voicerouting.web.RequestMeterFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Handles the requests of platforms, after security and before Spring MVC: every request at and
 * below an adapter's path is answered by the adapter, also with an error. Spring MVC's controllers
 * would read the servlet's parameters, and answer errors in other formats.
 */
@Component
final class PlatformRoutes implements Filter {

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
  public void doFilter(ServletRequest received, ServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) received;
    PlatformPaths.Match match =
        paths.find(
            ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication().value());
    if (match == null) {
      chain.doFilter(request, answer);
    } else {
      handle(match, request, (HttpServletResponse) answer);
    }
  }

  /** Answers a request at or below the path of an adapter. */
  void handle(PlatformPaths.Match match, HttpServletRequest request, HttpServletResponse response) {
    RequestMeterFilter.setPattern(request, match.pattern());
    PlatformAnswer answer = answer(match, request, response);
    try {
      answer.write(response);
    } catch (IOException e) {
      LOGGER.debug("The client disconnected", e);
    }
  }

  private PlatformAnswer answer(
      PlatformPaths.Match match, HttpServletRequest request, HttpServletResponse response) {
    if (!match.known() || !METHODS.contains(request.getMethod())) {
      return match.adapter().unusable();
    }
    try {
      byte[] body = PlatformRequest.readBody(request);
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
}
