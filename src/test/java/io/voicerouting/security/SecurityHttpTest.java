package io.voicerouting.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.web.WebTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class SecurityHttpTest {

  private static final HttpClient ATTACKER = clientAt("127.0.0.2");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @LocalServerPort private int port;

  /** The statuses are for no token, the platform, the back office and operations. */
  @ParameterizedTest
  @CsvSource({
    "GET,    /api/v1/organizations/1/routing/nothing, 401, 404, 403, 403",
    "POST,   /api/v1/organizations/1/routing/nothing, 401, 404, 403, 403",
    "GET,    /api/v1/organizations/1/routing,         401, 404, 403, 403",
    "GET,    /api/v1/probes,                          401, 403, 200, 403",
    "DELETE, /api/v1/probes,                          401, 403, 405, 403",
    "GET,    /%61pi/v1/probes,                        401, 403, 200, 403",
    "GET,    /api/v1/nothing,                         401, 403, 404, 403",
    "GET,    /api/v1/console/nothing,                 401, 403, 403, 404",
    "POST,   /api/v1/console/nothing,                 401, 403, 403, 404",
    "GET,    /console/nothing,                        404, 404, 404, 404",
    "GET,    /api/v1,                                 401, 403, 404, 403",
    "GET,    /actuator,                               401, 403, 403, 200",
    "GET,    /actuator/metrics,                       401, 403, 403, 200",
    "GET,    /actuator/nothing,                       401, 403, 403, 404",
    "DELETE, /actuator/metrics,                       401, 403, 403, 405",
    "GET,    /actuator/health,                        200, 200, 200, 200",
    "GET,    /actuator/health/liveness,               200, 200, 200, 200",
    "GET,    /actuator/health/readiness,              200, 200, 200, 200",
    "GET,    /actuator/health/ping,                   401, 403, 403, 200",
    "GET,    /v3/api-docs,                            200, 200, 200, 200",
    "GET,    /nothing,                                401, 404, 404, 404",
    "GET,    /error,                                  401, 404, 404, 404",
    "GET,    /,                                       401, 404, 404, 404",
  })
  void roleDependsOnThePath(
      String method, String path, int anonymous, int platform, int admin, int ops)
      throws IOException, InterruptedException {
    assertThat(status(method, path, null)).as("anonymous").isEqualTo(anonymous);
    assertThat(status(method, path, "Bearer platform-test-token")).isEqualTo(platform);
    assertThat(status(method, path, "Bearer admin-test-token")).isEqualTo(admin);
    assertThat(status(method, path, "Bearer ops-test-token")).isEqualTo(ops);
  }

  @Test
  void acceptsBearerTokensAndBasicPasswords() throws IOException, InterruptedException {
    String path = "/api/v1/probes";

    assertThat(status("GET", path, "bearer admin-test-token")).isEqualTo(200);
    assertThat(status("GET", path, basic("pbx:admin-test-token"))).isEqualTo(200);
    assertThat(status("GET", path, basic(":admin-test-token"))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer admin-test-toke",
        "Bearer admin-test-tokens",
        "Bearer ADMIN-TEST-TOKEN",
        "admin-test-token",
        "Digest admin-test-token",
        "Basic !!!",
        "Basic YWRtaW4tdGVzdC10b2tlbg==",
      })
  void rejectsOtherCredentials(String authorization) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", "/api/v1/probes", authorization);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(value -> assertThat(value).contains("Bearer", "Basic"));
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body())
        .contains("\"type\":\"/problems/unauthorized\"", "\"instance\":\"/api/v1/probes\"")
        .doesNotContain("test-tok");
  }

  @Test
  void refusalsAreProblemsWithoutASession() throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", "/actuator/metrics", "Bearer admin-test-token");

    assertThat(answer.body()).contains("\"type\":\"/problems/forbidden\"", "\"status\":403");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void wrongTokensOfOneAddressAreThrottledAndRightOnesAccepted()
      throws IOException, InterruptedException {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      statuses.add(attack("Bearer wrong-test-token-" + i).statusCode());
    }
    HttpResponse<String> refused = attack("Bearer wrong-test-token");

    assertThat(statuses.subList(0, 30)).containsOnly(401);
    assertThat(statuses.subList(30, 40)).containsOnly(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
    assertThat(refused.body()).contains("\"type\":\"/problems/too-many-failures\"");
    assertThat(attack("Bearer admin-test-token").statusCode()).isEqualTo(200);
    assertThat(attack("Bearer wrong-test-token").statusCode()).isEqualTo(429);
    assertThat(status("GET", "/api/v1/probes", "Bearer wrong-test-token")).isEqualTo(401);
  }

  @Test
  void requestIdIsKeptOrGenerated() throws IOException, InterruptedException {
    assertThat(requestId("POST", "request-1", "Bearer admin-test-token")).hasValue("request-1");
    assertThat(requestId("POST", "not valid", "Bearer admin-test-token"))
        .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f-]{36}"));
    assertThat(requestId("GET", "request-1", "Bearer admin-test-token")).isEmpty();
    assertThat(requestId("POST", "request-1", "Bearer wrong-test-token")).isEmpty();
  }

  private Optional<String> requestId(String method, String sent, String authorization)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/probes"))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Authorization", authorization)
            .header("X-Request-Id", sent)
            .build();
    return CLIENT
        .send(request, HttpResponse.BodyHandlers.discarding())
        .headers()
        .firstValue("X-Request-Id");
  }

  private HttpResponse<String> attack(String authorization)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/probes"))
            .header("Authorization", authorization)
            .build();
    return ATTACKER.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Failures are counted by address, and other tests fail, too. */
  private static HttpClient clientAt(String address) {
    return HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(address)).build();
  }

  private int status(String method, String path, @Nullable String authorization)
      throws IOException, InterruptedException {
    return send(method, path, authorization).statusCode();
  }

  private HttpResponse<String> send(String method, String path, @Nullable String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }
}
