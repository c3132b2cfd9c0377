package io.voicerouting.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ServerHttpObservationFilter;

class RequestMeterFilterTest {

  private final MeterRegistry meters = new SimpleMeterRegistry();

  /** A request, and what handles it. */
  record Exchange(String method, int status, Handler handler) {}

  private interface Handler {
    void handle(HttpServletRequest request) throws IOException, ServletException;
  }

  static Stream<Exchange> exchanges() {
    return Stream.of(
        new Exchange("GET", 200, request -> RequestMeterFilter.setPattern(request, "/a/{b}")),
        new Exchange("GET", 200, request -> RequestMeterFilter.setPattern(request, "")),
        new Exchange("POST", 404, request -> {}),
        new Exchange("GET", 302, request -> {}),
        new Exchange("BREW", 405, request -> {}),
        new Exchange("GET", 999, request -> {}),
        new Exchange(
            "PUT",
            500,
            request ->
                request.setAttribute(
                    RequestDispatcher.ERROR_EXCEPTION, new IllegalStateException())),
        new Exchange("GET", 200, request -> fail(new IllegalArgumentException())),
        new Exchange("GET", 200, request -> fail(new IOException())),
        new Exchange("GET", 200, request -> fail(new ServletException(new ArithmeticException()))),
        new Exchange("GET", 200, request -> fail(new ServletException("no cause"))));
  }

  private static void fail(Exception failure) throws IOException, ServletException {
    switch (failure) {
      case IOException e -> throw e;
      case ServletException e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new AssertionError(failure);
    }
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void recordsTheSameTimerAsAnObservation(Exchange exchange) {
    MeterRegistry observed = new SimpleMeterRegistry();
    int status = run(new ServerHttpObservationFilter(observing(observed)), exchange);

    assertThat(run(metering(), exchange)).isEqualTo(status);
    assertThat(run(metering(), exchange)).isEqualTo(status);
    assertThat(timers(meters)).isNotEmpty().isEqualTo(timers(observed));
    assertThat(meters.get("http.server.requests").timer().count()).isEqualTo(2);
  }

  private RequestMeterFilter metering() {
    return new RequestMeterFilter(ObservationRegistry.NOOP, new RequestTimers(meters));
  }

  private static ObservationRegistry observing(MeterRegistry registry) {
    ObservationRegistry observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(registry));
    return observations;
  }

  private static Set<Meter.Id> timers(MeterRegistry registry) {
    return registry.getMeters().stream()
        .filter(Timer.class::isInstance)
        .map(Meter::getId)
        .collect(Collectors.toSet());
  }

  /** Returns the status of the response. */
  private static int run(Filter filter, Exchange exchange) {
    MockHttpServletRequest request = new MockHttpServletRequest(exchange.method(), "/");
    MockHttpServletResponse response = new MockHttpServletResponse();
    FilterChain chain =
        (same, answer) -> {
          ((HttpServletResponse) answer).setStatus(exchange.status());
          exchange.handler().handle((HttpServletRequest) same);
        };
    Throwable unused = catchThrowable(() -> filter.doFilter(request, response, chain));
    return response.getStatus();
  }

  @Test
  void asynchronousRequestIsRecordedWhenItEnds() throws IOException, ServletException {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.setAsyncSupported(true);
    metering()
        .doFilter(request, new MockHttpServletResponse(), (same, answer) -> same.startAsync());
    assertThat(meters.getMeters()).isEmpty();

    Objects.requireNonNull(request.getAsyncContext()).complete();

    assertThat(meters.get("http.server.requests").timer().count()).isEqualTo(1);
  }

  @Test
  void inventedMethodsAreOneTimer() {
    RequestMeterFilter filter = metering();
    for (int i = 0; i < 3000; i++) {
      run(filter, new Exchange("BREW" + i, 405, request -> {}));
    }

    assertThat(meters.getMeters()).hasSize(1);
    assertThat(meters.get("http.server.requests").timer().count()).isEqualTo(3000);
  }

  /** As a tracer does, which needs observations. */
  @Test
  void otherHandlersGetObservations() {
    Set<String> seen = observe(true);

    assertThat(seen).containsExactly("http.server.requests");
    assertThat(observe(false)).isEmpty();
  }

  private Set<String> observe(boolean other) {
    Set<String> seen = new HashSet<>();
    ObservationRegistry observations = observing(meters);
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      context.registerBean(ObservationRegistry.class, () -> observations);
      context.registerBean(MeterRegistry.class, () -> meters);
      context.registerBean(DefaultMeterObservationHandler.class, meters);
      if (other) {
        context.registerBean(Recorder.class, () -> new Recorder(seen));
      }
      context.register(FilterConfiguration.class);
      context.refresh();
      if (other) {
        observations.observationConfig().observationHandler(context.getBean(Recorder.class));
      }
      FilterRegistrationBean<?> registration =
          context.getBean("requestMeterFilter", FilterRegistrationBean.class);
      run(
          Objects.requireNonNull(registration.getFilter()),
          new Exchange("GET", 200, request -> {}));
    }
    return seen;
  }

  private record Recorder(Set<String> seen) implements ObservationHandler<Observation.Context> {

    @Override
    public void onStart(Observation.Context context) {
      seen.add(String.valueOf(context.getName()));
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }
  }
}
