package io.voicerouting.routing.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Traces: what a request has waited for, and where its trace id is found. */
@IntegrationTest
class TracingHttpTest extends AbstractRoutingHttpTest {

  private static final String LOOKUP = "/api/v1/organizations/{org}/routing/extensions/{number}";
  private static final String PARENT = "00f067aa0ba902b7";
  private static final HttpServer RECEIVER = receiver();
  private static final Queue<String> RECEIVED = new ConcurrentLinkedQueue<>();
  private static final Queue<SpanData> SPANS = new ConcurrentLinkedQueue<>();

  private final String trace =
      "%016x%016x"
          .formatted(ThreadLocalRandom.current().nextLong() | 1, System.identityHashCode(this));

  /** Keeps the spans, beside their export. */
  @TestConfiguration
  static class Spans {
    @Bean
    SpanProcessor memory() {
      return SimpleSpanProcessor.create(
          new SpanExporter() {
            @Override
            public CompletableResultCode export(Collection<SpanData> spans) {
              SPANS.addAll(spans);
              return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode flush() {
              return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode shutdown() {
              return CompletableResultCode.ofSuccess();
            }
          });
    }
  }

  /** As a collector receives traces. */
  private static HttpServer receiver() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/v1/traces",
          exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            RECEIVED.add(new String(body, StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @DynamicPropertySource
  static void exported(DynamicPropertyRegistry properties) {
    properties.add(
        "management.opentelemetry.tracing.export.otlp.endpoint",
        () -> "http://localhost:" + RECEIVER.getAddress().getPort() + "/v1/traces");
    properties.add("management.opentelemetry.tracing.export.schedule-delay", () -> "100ms");
    properties.add("management.tracing.sampling.probability", () -> "1.0");
  }

  @AfterAll
  static void stop() {
    RECEIVER.stop(0);
  }

  private String call(HttpMethod method, String token, String body, String path, Object... vars) {
    String answer =
        client
            .method(method)
            .uri(path, vars)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("traceparent", "00-" + trace + "-" + PARENT + "-01")
            .body(body)
            .exchange()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody();
    return answer == null ? "" : answer;
  }

  /** The names of the trace's spans, once that of the request has ended. */
  private List<String> spans() {
    await().until(() -> mine().stream().anyMatch(span -> span.getParentSpanId().equals(PARENT)));
    return mine().stream().map(SpanData::getName).toList();
  }

  private static boolean isOf(SpanData span, String trace) {
    return span.getTraceId().equals(trace);
  }

  private List<SpanData> mine() {
    return SPANS.stream().filter(span -> isOf(span, trace)).toList();
  }

  @Test
  void missShowsWhatItWaitedFor() {
    extension("1001");
    settle();

    call(HttpMethod.GET, TestTokens.PLATFORM, "", LOOKUP, org, "1001");

    assertThat(spans()).contains("redis lease", "load", "redis fill");
    assertThat(mine()).allMatch(span -> isOf(span, trace));
    await().until(() -> RECEIVED.stream().anyMatch(body -> body.contains("redis lease")));
  }

  @Test
  void hitOfTheNearCacheHasNoSpanOfItsOwn() {
    extension("1001");
    settle();
    await()
        .until(
            () -> {
              double before = nearHits();
              platform.get(LOOKUP, org, "1001");
              return nearHits() > before;
            });

    call(HttpMethod.GET, TestTokens.PLATFORM, "", LOOKUP, org, "1001");

    assertThat(spans()).singleElement().asString().contains("/routing/extensions/{number}");
  }

  private double nearHits() {
    return meters.get("routing.cache.near.hits").tag("cache", "extension").counter().count();
  }

  @Test
  void writeShowsItsEviction() {
    call(
        HttpMethod.POST,
        TestTokens.ADMIN,
        "{\"extension_number\":\"1001\",\"type\":\"user\"}",
        "/api/v1/organizations/{org}/extensions",
        org);

    assertThat(spans()).contains("evict", "writer wait");
  }

  @Test
  void problemNamesTheTrace() {
    assertThat(call(HttpMethod.GET, TestTokens.PLATFORM, "", LOOKUP, org, "1999"))
        .contains("\"trace_id\":\"" + trace + "\"");
    assertThat(call(HttpMethod.GET, "wrong", "", LOOKUP, org, "1999"))
        .contains("\"trace_id\":\"" + trace + "\"");
  }
}
