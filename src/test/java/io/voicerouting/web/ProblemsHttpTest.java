package io.voicerouting.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class ProblemsHttpTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @LocalServerPort private int port;

  @ParameterizedTest
  @CsvSource({
    "missing, 404, probe-not-found",
    "conflict, 409, duplicate-probe",
    "busy, 503, unavailable",
    "timeout, 503, unavailable",
    "integrity, 400, validation-failed",
    "bug, 500, internal-error",
  })
  void failuresAreProblemsWithoutSecrets(String kind, int status, String slug)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", "/api/v1/probes/failures/" + kind, "");

    assertProblem(answer, status, slug);
    assertThat(answer.body())
        .contains("\"instance\":\"/api/v1/probes/failures/" + kind + "\"")
        .doesNotContain("secret", "Exception");
    assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "99999999999999999999", "abc", "+1", "0x10", "01", "%201"})
  void invalidIdsAreRejected(String id) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", "/api/v1/probes/" + id, "");

    assertProblem(answer, 400, "validation-failed");
    assertThat(answer.body()).contains("\"field\":\"id\"", "(expected: a positive 64-bit integer)");
  }

  @ParameterizedTest
  @CsvSource({
    "page=-1, page",
    "page=, page",
    "page=x, page",
    "page=42949672, page",
    "page=99999999999, page",
    "size=0, size",
    "size=201, size",
    "colour=green, colour",
    "colour=, colour",
    "colour=RED, colour",
    "q=, q",
    "q=%20, q",
    "q=%00, q",
  })
  void invalidParametersAreNamed(String query, String field)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", "/api/v1/probes?" + query, "");

    assertProblem(answer, 400, "validation-failed");
    assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
  }

  @Test
  void parametersAreConverted() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send("GET", "/api/v1/probes?page=3&size=200&colour=dark_blue&q=50%25_%5C", "");

    assertThat(answer.body())
        .isEqualTo(
            "{\"items\":[\"DARK_BLUE\",\"%50\\\\%\\\\_\\\\\\\\%\"],"
                + "\"page\":3,\"size\":200,\"total\":2}");
  }

  @Test
  void allErrorsOfABodyAreReported() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            "POST",
            "/api/v1/probes",
            """
            {"name": 5, "colour": "green", "shiny": "true", "count": 1.5, "surprise": {"a": 1},
             "parts": [{"made_on": "2027-02-29", "weight": "3"}, {"weight": 1, "odd": []}, 7],
             "extra": {"name": [1, {"x": "anything"}]}}
            """);

    assertProblem(answer, 400, "validation-failed");
    assertThat(answer.body())
        .contains(
            "{\"field\":\"name\",\"message\":\"'5' (expected: a string)\"}",
            "{\"field\":\"colour\",\"message\":\"'green' (expected: one of red, dark_blue)\"}",
            "{\"field\":\"shiny\",\"message\":\"'true' (expected: true or false)\"}",
            "{\"field\":\"count\",\"message\":\"'1.5' (expected: a whole number)\"}",
            "{\"field\":\"surprise\",\"message\":\"unknown member\"}",
            "{\"field\":\"parts[0].made_on\",\"message\":"
                + "\"'2027-02-29' (expected: a date yyyy-MM-dd)\"}",
            "{\"field\":\"parts[0].weight\",\"message\":\"'3' (expected: a whole number)\"}",
            "{\"field\":\"parts[1].made_on\",\"message\":\"is required\"}",
            "{\"field\":\"parts[1].odd\",\"message\":\"unknown member\"}",
            "{\"field\":\"parts[2]\",\"message\":\"'7' (expected: an object)\"}");
  }

  @Test
  void unknownMemberDoesNotHideOtherErrors() throws IOException, InterruptedException {
    HttpResponse<String> answer = send("POST", "/api/v1/probes", "{\"body\": 1}");

    assertProblem(answer, 400, "validation-failed");
    assertThat(answer.body())
        .contains(
            "{\"field\":\"body\",\"message\":\"unknown member\"}",
            "{\"field\":\"name\",\"message\":\"is required\"}");
  }

  @Test
  void errorsOfPathQueryHeadersAndBodyAreReportedTogether()
      throws IOException, InterruptedException {
    HttpRequest request =
        request("PUT", "/api/v1/probes/0/body?colour=green", "{\"name\": 5}")
            .header("If-Match", "unquoted")
            .build();

    HttpResponse<String> answer = send(request);

    assertProblem(answer, 400, "validation-failed");
    assertThat(answer.body())
        .containsSubsequence(
            "{\"field\":\"id\",",
            "{\"field\":\"colour\",\"message\":\"'green' (expected: one of red, dark_blue)\"}",
            "{\"field\":\"count\",\"message\":\"is required\"}",
            "{\"field\":\"If-Match\",",
            "{\"field\":\"name\",\"message\":\"'5' (expected: a string)\"}",
            "{\"field\":\"colour\",\"message\":\"is required\"}");
  }

  /** Comparing every error with every other would take minutes with these bodies. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "{}", "{\"made_on\":\"x\",\"weight\":\"y\"}"})
  void atMostOneHundredErrorsAreListed(String part) throws IOException, InterruptedException {
    String parts = (part + ",").repeat(1_000_000 / (part.length() + 1)) + part;
    HttpRequest request =
        request("POST", "/api/v1/probes", "{\"parts\":[" + parts + "]}")
            .timeout(Duration.ofSeconds(30))
            .build();

    HttpResponse<String> answer = send(request);

    assertProblem(answer, 400, "validation-failed");
    assertThat(answer.body())
        .contains("More than 100 fields are invalid")
        .hasSizeLessThan(20_000)
        .satisfies(body -> assertThat(body.split("\"field\"", -1)).hasSize(101));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"\",\"colour\":\"red\"} | name",
        "{\"name\":\"a\\u0000b\",\"colour\":\"red\"} | name",
        "{\"colour\":\"red\"} | name",
        "{\"name\":\"forbidden\",\"colour\":\"red\"} | name",
        "{\"name\":\"a\",\"colour\":\"\"} | colour",
        "{\"name\":\"a\",\"colour\":0} | colour",
        "{\"name\":\"a\",\"colour\":null} | colour",
        "{\"name\":\"a\",\"colour\":[\"red\"]} | colour",
        "{\"name\":\"a\",\"colour\":\"red\",\"shiny\":1} | shiny",
        "{\"name\":\"a\",\"colour\":\"red\",\"count\":99999999999999999999} | count",
        "{\"name\":\"a\",\"colour\":\"red\",\"parts\":{}} | parts",
        "{\"name\":\"a\",\"colour\":\"red\",\"parts\":\"\"} | parts",
        "{\"name\":\"a\",\"colour\":\"red\",\"extra\":[]} | extra",
        "{\"name\":\"a\",\"colour\":\"red\",\"parts\":[{\"made_on\":20000,\"weight\":1}]} | parts[0].made_on",
        "{\"name\":\"a\",\"colour\":\"red\",\"parts\":[{\"made_on\":[2026,1,1],\"weight\":1}]} | parts[0].made_on",
        "{\"name\":\"a\",\"colour\":\"red\",\"parts\":[{\"made_on\":\"2026-01-01\",\"weight\":null}]} | parts[0].weight",
        "[] | body",
        "7 | body",
      })
  void invalidMembersAreNamed(String body, String field) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("POST", "/api/v1/probes", body);

    assertProblem(answer, 400, "validation-failed");
    assertThat(answer.body()).contains("\"errors\":[{\"field\":\"" + field + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{",
        "{\"name\":\"a\",\"name\":\"b\",\"colour\":\"red\"}",
        "{\"name\":\"a\",\"colour\":\"red\"} trailing",
        "{\"name\":\"a\",\"colour\":\"red\"}{}",
        "{'name':'a'}",
        "{\"name\": NaN}",
      })
  void malformedBodiesAreRejected(String body) throws IOException, InterruptedException {
    assertProblem(send("POST", "/api/v1/probes", body), 400, "malformed-body");
  }

  @Test
  void deepOrLongJsonIsRejected() throws IOException, InterruptedException {
    String deep = "{\"extra\":{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}}";
    String longNumber = "{\"count\":" + "1".repeat(100) + "}";
    String longText = "{\"name\":\"" + "x".repeat(300_000) + "\"}";

    assertProblem(send("POST", "/api/v1/probes", deep), 400, "malformed-body");
    assertProblem(send("POST", "/api/v1/probes", longNumber), 400, "malformed-body");
    assertProblem(send("POST", "/api/v1/probes", longText), 400, "malformed-body");
  }

  @Test
  void bodiesMayIgnoreUnknownMembers() throws IOException, InterruptedException {
    HttpResponse<String> lenient =
        send("POST", "/api/v1/probes/lenient", "{\"name\":\"a\",\"more\":[1]}");
    HttpResponse<String> readOnlyMember =
        send("POST", "/api/v1/probes", "{\"id\":7,\"name\":\"a\",\"colour\":\"red\"}");

    assertThat(lenient.body()).isEqualTo("{\"name\":\"a\"}");
    assertThat(readOnlyMember.statusCode()).isEqualTo(200);
  }

  @Test
  void wrongPathsMethodsAndMediaTypesAreProblems() throws IOException, InterruptedException {
    HttpResponse<String> method = send("PATCH", "/api/v1/probes/1", "{}");
    HttpRequest accept = request("GET", "/api/v1/probes", "").header("Accept", "text/csv").build();
    HttpRequest form =
        request("POST", "/api/v1/probes", "a=b")
            .setHeader("Content-Type", "application/x-www-form-urlencoded")
            .build();

    assertProblem(send("GET", "/api/v1/nothing", ""), 404, "not-found");
    assertProblem(send("GET", "/error", ""), 404, "not-found");
    assertProblem(method, 405, "method-not-allowed");
    assertThat(method.headers().firstValue("Allow")).hasValue("GET,HEAD,OPTIONS,PUT");
    assertProblem(send("BREW", "/api/v1/probes/1", ""), 405, "method-not-allowed");
    assertProblem(send(accept), 406, "not-acceptable");
    assertProblem(send(form), 415, "unsupported-media-type");
    for (String noType :
        List.of("*/*", "application/*", "nonsense", "application/json;charset=x")) {
      HttpRequest request =
          request("POST", "/api/v1/probes", "{}").setHeader("Content-Type", noType).build();
      assertProblem(send(request), 415, "unsupported-media-type");
    }
  }

  @Test
  void errorsWithoutABodyGetAProblem() throws IOException, InterruptedException {
    assertProblem(send("GET", "/api/v1/probes/wordless", ""), 404, "not-found");
  }

  @Test
  void headAndOptionsHaveNoBody() throws IOException, InterruptedException {
    HttpResponse<String> head = send("HEAD", "/api/v1/probes/1", "");
    HttpResponse<String> options = send("OPTIONS", "/api/v1/probes/1", "");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("ETag")).isPresent();
    assertThat(head.body()).isEmpty();
    assertThat(options.statusCode()).isEqualTo(200);
    assertThat(options.headers().firstValue("Allow")).isPresent();
  }

  @Test
  void entityTagsGuardReadsAndWrites() throws IOException, InterruptedException {
    String tag = send("GET", "/api/v1/probes/1", "").headers().firstValue("ETag").orElseThrow();

    assertThat(tag).matches("\"[^\"]+\"");
    assertThat(
            send(request("GET", "/api/v1/probes/1", "").header("If-None-Match", tag).build())
                .statusCode())
        .isEqualTo(304);
    assertThat(put(tag).statusCode()).isEqualTo(200);
    assertThat(put("*").statusCode()).isEqualTo(200);
    assertThat(put("\"other\", " + tag).statusCode()).isEqualTo(200);
    assertProblem(put("W/" + tag), 412, "precondition-failed");
    assertProblem(put("\"other\""), 412, "precondition-failed");
    assertProblem(put("unquoted"), 400, "validation-failed");
    assertProblem(put("\"open"), 400, "validation-failed");
    assertProblem(put(""), 400, "validation-failed");
  }

  @Test
  void bodiesAboveOneMebibyteAreRejected() throws IOException, InterruptedException {
    byte[] tooLong = new byte[RequestBodyConverter.MAX_BYTES + 1];
    HttpRequest chunked =
        request("POST", "/api/v1/probes", "")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(tooLong)))
            .build();
    HttpRequest shortChunked =
        request("POST", "/api/v1/probes", "")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () ->
                        new java.io.ByteArrayInputStream(
                            "{\"name\":\"a\",\"colour\":\"red\"}"
                                .getBytes(StandardCharsets.UTF_8))))
            .build();

    assertProblem(
        send("POST", "/api/v1/probes", "x".repeat(RequestBodyConverter.MAX_BYTES + 1)),
        413,
        "content-too-large");
    assertProblem(send(chunked), 413, "content-too-large");
    assertThat(send(shortChunked).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/v1/a%2Fb HTTP/1.1, 400",
    "GET /api/v1/a%00b HTTP/1.1, 400",
    "GET /api/v1/%zz HTTP/1.1, 400",
    "GET /api/v1/<x> HTTP/1.1, 400",
    "GET /api/v1/a;b=c HTTP/1.1, 400",
    "GET //api/v1/probes HTTP/1.1, 400",
    "GET /api/v1/../v1/probes HTTP/1.1, 400",
    "GET /api/v1/%2e%2e/probes HTTP/1.1, 400",
    "GET /api/v1/probes?a=%zz HTTP/1.1, 400",
    "TRACE /api/v1/probes HTTP/1.1, 405",
    "GET /api/v1/probes HTTP/9.1, 505",
  })
  void errorsOfTomcatAndFirewallAreProblems(String line, int status) throws IOException {
    String answer = raw(line);

    assertThat(answer).startsWith("HTTP/1.1 " + status);
    if (status >= 400) {
      assertThat(answer).contains("application/problem+json", "\"type\":\"/problems/");
    }
    assertThat(answer).doesNotContain("<html", "Exception");
  }

  /** It may be a platform's that would take any body for an answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {"GET /api/v1/probes?q=\u00e9 HTTP/1.1", "G@T /api/v1/probes HTTP/1.1", "nonsense"})
  void requestWhosePathCannotBeReadIsAnErrorWithoutABody(String line) throws IOException {
    assertThat(raw(line))
        .matches("HTTP/1\\.1 (400|505)[^\r]*\r\n(?s:.*)")
        .contains("Content-Length: 0")
        .endsWith("\r\n\r\n")
        .doesNotContain("Content-Type");
  }

  @Test
  void longHeadersAreAClientError() throws IOException {
    assertThat(raw("GET /api/v1/probes HTTP/1.1", "X-Long: " + "x".repeat(20_000)))
        .startsWith("HTTP/1.1 4")
        .doesNotContain("<html");
  }

  private HttpResponse<String> put(String ifMatch) throws IOException, InterruptedException {
    return send(request("PUT", "/api/v1/probes/1", "").header("If-Match", ifMatch).build());
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(request(method, path, body).build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("Authorization", "Bearer admin-test-token")
        .header("Content-Type", "application/json")
        .method(
            method,
            body.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
  }

  /**
   * Sends a request that no client library would send. The server closes the connection after the
   * answer.
   */
  private String raw(String requestLine, String... headers) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      String head =
          requestLine
              + "\r\nHost: localhost\r\nConnection: close\r\n"
              + "Authorization: Bearer admin-test-token\r\nContent-Type: application/json\r\n"
              + String.join("\r\n", headers)
              + (headers.length == 0 ? "" : "\r\n")
              + "\r\n";
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String slug) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(answer.body())
        .contains(
            "\"type\":\"/problems/" + slug + "\"",
            "\"status\":" + status,
            "\"title\":",
            "\"detail\":",
            "\"instance\":")
        .doesNotContain("tools.jackson", "StreamReadConstraints", "DeserializationFeature");
  }
}
