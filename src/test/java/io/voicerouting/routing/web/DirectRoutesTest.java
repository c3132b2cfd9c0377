package io.voicerouting.routing.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.util.ServletRequestPathUtils;

/** The direct routes answer like Spring MVC, and are counted in the same metrics. */
@IntegrationTest
class DirectRoutesTest {

  private static final String NOON = "at=2026-11-23T12:00:00Z";

  /** Spring treats it like a missing header; the direct routes do not interpret it. */
  private static final String LONG_WAY = "application/json, */*;q=0.5";

  private static final String SHORT_WAY = MediaType.APPLICATION_JSON_VALUE;

  @Autowired private RestTestClient client;
  @Autowired private JdbcClient jdbc;
  @Autowired private DirectRoutes routes;
  @Autowired private MeterRegistry meters;
  private long org;

  @BeforeEach
  void rows() {
    org =
        jdbc.sql("insert into organizations (name, timezone) values ('Acme', 'UTC') returning id")
            .query(Long.class)
            .single();
    jdbc.sql(
            "insert into extensions (organization_id, extension_number, type, display_name)"
                + " values (?, '1001', 'user', 'Zoë'), (?, '*9', 'user', 'Star')")
        .params(org, org)
        .update();
    jdbc.sql(
            "insert into business_hours_schedules (organization_id, name, open_hours_action_type,"
                + " open_hours_action_target, closed_hours_action_type, closed_hours_action_target)"
                + " values (?, 'Office', 'ring_group', 'sales', 'voicemail', 'main')")
        .param(org)
        .update();
  }

  @ParameterizedTest
  @CsvSource({
    "extensions/1001, true",
    "extensions/*9, true",
    "extensions/7, true",
    "business-hours, true",
    "decision?to=1001, true",
    "decision?to=1001&direction=inbound, true",
    "decision?to=&direction=inbound, true",
    "decision?direction=inbound&from=%2B15550100, true",
    "decision?direction=inbound&from=a+b, true",
    "decision?to=1001&to=1002, true",
    "decision?direction=sideways&to=x, true",
    "decision?to%5B%5D=1001, true",
    "decision, true",
    "extensions/%31001, false",
    "extensions/%23, false",
    "extensions/abc, false",
    "extensions/12345678901234567, false",
    "extensions/1001/, false",
    "business-hours/status, false",
    "decisions, false",
  })
  void directRouteAnswersLikeSpringMvc(String rest, boolean direct) {
    String path = "/api/v1/organizations/" + org + "/routing/" + rest;
    String uri = rest.startsWith("extensions") ? path : at(path);

    assertThat(ask(uri, SHORT_WAY)).isEqualTo(ask(uri, LONG_WAY));
    assertThat(isDirect("GET", path.replaceFirst("\\?.*", ""), null)).isEqualTo(direct);
  }

  @ParameterizedTest
  @CsvSource({
    "decision?to=%2B15550100, true",
    "decision?to=+15550100&from=%2B15550199, true",
    "decision?to=1001&direction=sideways, true",
    "decision, true",
    "decision/, false",
    "decisions, false",
  })
  void directRouteOfNumbersAnswersLikeSpringMvc(String rest, boolean direct) {
    String path = "/api/v1/routing/" + rest;

    assertThat(ask(at(path), SHORT_WAY)).isEqualTo(ask(at(path), LONG_WAY));
    assertThat(isDirect("GET", path.replaceFirst("\\?.*", ""), null)).isEqualTo(direct);
  }

  private static String at(String uri) {
    return uri + (uri.contains("?") ? "&" : "?") + NOON;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "01", "abc", "9223372036854775808", "%31"})
  void springMvcHandlesOtherIds(String id) {
    String uri = "/api/v1/organizations/" + id + "/routing/extensions/1001";

    assertThat(isDirect("GET", uri, null)).isFalse();
    assertThat(ask(uri, SHORT_WAY)).isEqualTo(ask(uri, LONG_WAY));
  }

  @Test
  void springMvcHandlesOtherMethodsAndMediaTypes() {
    String uri = "/api/v1/organizations/1/routing/extensions/1001";

    assertThat(isDirect("GET", uri, MediaType.APPLICATION_JSON_VALUE)).isTrue();
    assertThat(isDirect("GET", uri, MediaType.ALL_VALUE)).isTrue();
    assertThat(isDirect("GET", uri, MediaType.TEXT_HTML_VALUE)).isFalse();
    assertThat(isDirect("GET", uri, LONG_WAY)).isFalse();
    assertThat(isDirect("HEAD", uri, null)).isFalse();
    assertThat(isDirect("POST", uri, null)).isFalse();
  }

  @Test
  void requestsAreCountedByPattern() {
    long before = settledCount();
    ask("/api/v1/organizations/" + org + "/routing/extensions/1001", SHORT_WAY);

    await().untilAsserted(() -> assertThat(counted()).isEqualTo(before + 1));
  }

  /** Requests of earlier tests are counted by now. */
  private long settledCount() {
    AtomicLong last = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              long now = counted();
              return last.getAndSet(now) == now;
            });
    return last.get();
  }

  /** Finished requests; the count increases shortly after the answer was read. */
  private long counted() {
    return meters
        .find("http.server.requests")
        .tag("uri", "/api/v1/organizations/{org}/routing/extensions/{number}")
        .timers()
        .stream()
        .mapToLong(Timer::count)
        .sum();
  }

  /** Security decides by the path within the application, so the direct routes must, too. */
  @Test
  void contextPathIsIgnored() {
    MockHttpServletRequest request =
        new MockHttpServletRequest("GET", "/api/v1/organizations/1/routing/decision");
    request.setContextPath("/api");
    ServletRequestPathUtils.parseAndCache(request);

    assertThat(routes.find(request)).isNull();
  }

  private boolean isDirect(String method, String uri, @Nullable String accept) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, uri);
    if (accept != null) {
      request.addHeader(HttpHeaders.ACCEPT, accept);
    }
    ServletRequestPathUtils.parseAndCache(request);
    return routes.find(request) != null;
  }

  /** Status, headers and body, without what differs between any two requests. */
  private Map<String, Object> ask(String uri, String accept) {
    EntityExchangeResult<String> result =
        client
            .get()
            .uri(URI.create(uri))
            .headers(
                headers -> {
                  headers.setBearerAuth(TestTokens.PLATFORM);
                  headers.set(HttpHeaders.ACCEPT, accept);
                })
            .exchange()
            .returnResult(String.class);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", result.getStatus().value());
    answer.put("body", result.getResponseBody());
    HttpHeaders headers = result.getResponseHeaders();
    headers.forEach((name, values) -> answer.put(name.toLowerCase(Locale.ROOT), values));
    answer.keySet().removeAll(Set.of("date", "content-length", "transfer-encoding"));
    // Rows written by SQL are evicted later, so one request may hit and the other miss.
    answer.computeIfPresent(
        "cache-status", (name, value) -> String.valueOf(value).split(",", -1).length + " lookups");
    return answer;
  }
}
