package io.voicerouting.web;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The timers {@code http.server.requests}, with the tags that an observation would give them. A
 * timer is looked up in the registry once. Thread-safe.
 */
final class RequestTimers {

  /** More than there are paths, methods and statuses; a caller can invent methods. */
  private static final int MAX_KEPT = 2000;

  private static final ServerRequestObservationConvention CONVENTION =
      new DefaultServerRequestObservationConvention();

  private final MeterRegistry meters;
  private final Map<Ending, Timer> timers = new ConcurrentHashMap<>();

  /** What the tags depend on. */
  private record Ending(
      String method, int status, @Nullable Object pattern, @Nullable Class<?> failure) {}

  RequestTimers(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Returns the current time of the registry's monotonic clock, in nanoseconds. */
  long now() {
    return meters.config().clock().monotonicTime();
  }

  /**
   * Records a request that has ended.
   *
   * @param start of the request, see {@link #now}
   * @param failure that was not handled, or null
   */
  void record(
      HttpServletRequest request,
      HttpServletResponse response,
      long start,
      @Nullable Throwable failure) {
    Ending ending =
        new Ending(
            request.getMethod(),
            response.getStatus(),
            request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE),
            failure == null ? null : failure.getClass());
    Timer timer = timers.get(ending);
    if (timer == null) {
      timer = register(request, response, ending.pattern(), failure);
      if (timers.size() < MAX_KEPT) {
        timers.put(ending, timer);
      }
    }
    timer.record(now() - start, TimeUnit.NANOSECONDS);
  }

  private Timer register(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object pattern,
      @Nullable Throwable failure) {
    ServerRequestObservationContext observed =
        new ServerRequestObservationContext(request, response);
    observed.setPathPattern(pattern == null ? null : pattern.toString());
    if (failure != null) {
      observed.setError(failure);
    }
    Timer.Builder timer = Timer.builder(String.valueOf(CONVENTION.getName()));
    for (KeyValue tag : CONVENTION.getLowCardinalityKeyValues(observed)) {
      timer.tag(tag.getKey(), tag.getValue());
    }
    String error = failure == null ? "none" : failure.getClass().getSimpleName();
    return timer.tag("error", error).register(meters);
  }
}
