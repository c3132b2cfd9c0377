package io.voicerouting.web;

import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Measures requests as {@code http.server.requests}. It records the timer itself unless something
 * other than meters observes requests, such as tracing: an observation with its scope and twelve
 * tags takes longer than the lookups of a call (bench/RESULTS.md).
 */
public final class RequestMeterFilter extends ServerHttpObservationFilter {

  private static final String ALREADY_FILTERED =
      RequestMeterFilter.class.getName() + ALREADY_FILTERED_SUFFIX;

  private final @Nullable RequestTimers timers;

  /**
   * @param timers null to observe requests instead
   */
  RequestMeterFilter(ObservationRegistry observations, @Nullable RequestTimers timers) {
    super(observations);
    this.timers = timers;
  }

  /**
   * Sets the path pattern by which a request is counted. Handlers that Spring MVC does not find
   * have to call this.
   */
  public static void setPattern(HttpServletRequest request, String pattern) {
    request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, pattern);
    findObservationContext(request).ifPresent(observed -> observed.setPathPattern(pattern));
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return timers != null || super.shouldNotFilterAsyncDispatch();
  }

  /** The same text each time: composing it anew was a tenth of what a call allocates. */
  @Override
  protected String getAlreadyFilteredAttributeName() {
    return ALREADY_FILTERED;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (timers == null) {
      super.doFilterInternal(request, response, chain);
    } else {
      filter(timers, request, response, chain);
    }
  }

  private static void filter(
      RequestTimers timers,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    long start = timers.now();
    Throwable failure = null;
    try {
      chain.doFilter(request, response);
      failure = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    } catch (ServletException e) {
      failure = e.getRootCause() == null ? e : e.getRootCause();
      response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.value());
      throw e;
    } catch (IOException | RuntimeException e) {
      failure = e;
      response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.value());
      throw e;
    } finally {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new Completion(timers, request, response, start));
      } else {
        timers.record(request, response, start, failure);
      }
    }
  }

  /** Records an asynchronous request when it has ended. */
  private record Completion(
      RequestTimers timers, HttpServletRequest request, HttpServletResponse response, long start)
      implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) {
      timers.record(request, response, start, event.getThrowable());
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
