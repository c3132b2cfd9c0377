package io.voicerouting.routing.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.Calls;
import io.voicerouting.testing.Calls.Answer;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a platform may send about the caller and the dialled number. */
@IntegrationTest
class CallerHttpTest {

  @LocalServerPort private int port;
  @Autowired private RestTestClient client;
  @Autowired private JdbcClient jdbc;
  private Calls platform;
  private String decision;

  @BeforeEach
  void createExtension() {
    platform = new Calls(client, TestTokens.PLATFORM);
    long org =
        jdbc.sql("insert into organizations (name, timezone) values ('T', 'UTC') returning id")
            .query(Long.class)
            .single();
    jdbc.sql(
            "insert into extensions (organization_id, extension_number, type) values (?, '1001', 'user')")
        .params(org)
        .update();
    decision = "/api/v1/organizations/" + org + "/routing/decision";
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "from                  | null",
        "from=                 | null",
        "from=%20              | null",
        "from=%09              | null",
        "from=%00%0d%0a        | null",
        "from=a%0ab%7f         | ab",
        "from=%FC              | \uFFFD",
        "from=%C3%BC           | \u00fc",
        "from=%ED%A0%80x       | \uFFFDx",
        "from=anonymous        | anonymous",
        "from=sip:a%40b.c;x=y  | sip:a@b.c;x=y",
        "from=+15550100        | +15550100",
        "from=%2B15550100      | +15550100",
        "from=%2015550100      | +15550100",
        "from=a+b              | a b",
        "from=++1              | 1",
        "from=1&from=2         | 1,2",
        "from[]=7              | 7",
      })
  void callerNeverRejectsACall(String query, @Nullable String shown) {
    for (String accept : new String[] {"application/json", "application/json;q=0.9"}) {
      Answer answer = get("to=1001&" + query, accept);

      assertThat(answer.status().value()).as(answer.body().toString()).isEqualTo(200);
      assertThat(answer.body().path("outcome").asString()).isEqualTo("route");
      assertThat(answer.body().path("from").asString(null)).isEqualTo(shown);
    }
  }

  /** No client library sends such a query, so the request is written to a socket. */
  @ParameterizedTest
  @CsvSource({"%, %", "%4, %4", "%zz9%ff, %zz9\uFFFD", "100%+sure, 100% sure"})
  void invalidPercentEncodingNeverRejectsACall(String from, String shown) throws IOException {
    String request =
        "GET %s?to=1001&from=%s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n"
                .formatted(decision, from, TestTokens.PLATFORM)
            + "Connection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200").contains("\"from\":\"" + shown + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 256, 4096})
  void longCallersAreShortened(int length) {
    String shown = "x".repeat(255);

    assertThat(get("to=1001&from=" + "x".repeat(length), "*/*").body().path("from").asString())
        .isEqualTo(shown);
    assertThat(post("\"" + "\ud83d\ude00".repeat(length) + "\"").path("from").asString())
        .isEqualTo("\ud83d\ude00".repeat(255));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null                  | null",
        "\"\"                  | null",
        "\"\\u0000\\t \"       | null",
        "\"\\ud800a\"          | a",
        "15550100              | 15550100",
        "1.5                   | 1.5",
        "true                  | null",
        "[1,{\"a\":2}]         | null",
        "{\"a\":[{\"b\":1}]}   | null",
        "\" Ada \"             | Ada",
        "\" 1555\"             | 1555",
      })
  void postedCallerNeverRejectsACall(@Nullable String json, @Nullable String shown) {
    assertThat(post(String.valueOf(json)).path("from").asString(null)).isEqualTo(shown);
  }

  @Test
  void unencodedPlusOfTheDialledNumberIsRead() {
    Answer answer = get("to=+15550100", "application/json");

    assertThat(answer.status().value()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.body().path("to").asString()).isEqualTo("+15550100");
    assertThat(answer.body().at("/reason").asString()).isEqualTo("number_not_found");
    assertThat(get("to=++15550100", "*/*").status().value()).isEqualTo(400);
    assertThat(get("to=%2B%2015550100", "*/*").status().value()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%FC", "a%00", "%F0%9F%98%80", "+"})
  void otherDialledNumbersAreNamed(String to) {
    Answer answer = get("to=" + to, "application/json");

    assertThat(answer.status().value()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo("to");
    assertThat(answer.body().path("errors").size()).isEqualTo(1);
  }

  @Test
  void echoOfAnInvalidValueIsValidUnicode() {
    Answer cut = get("to=" + "a".repeat(63) + "%F0%9F%98%80%F0%9F%98%80", "application/json");
    Answer unpaired = send("{\"to\":\"\\ud83d\"}");

    assertThat(cut.body().at("/errors/0/message").asString())
        .startsWith("'" + "a".repeat(63) + "\ud83d\ude00...'");
    assertThat(unpaired.status().value()).isEqualTo(400);
    assertThat(unpaired.body().at("/errors/0/message").asString()).startsWith("'\uFFFD' ");
  }

  @Test
  void unknownDirectionIsTheOnlyError() {
    for (Answer answer :
        new Answer[] {
          get("direction=inbund", "application/json"),
          send("{\"direction\":\"inbund\"}"),
          send("{\"direction\":5}"),
        }) {
      assertThat(answer.status().value()).isEqualTo(400);
      assertThat(answer.body().path("errors").findValuesAsString("field"))
          .containsExactly("direction");
    }
    assertThat(send("{\"to\":1}").body().path("errors").findValuesAsString("field"))
        .containsExactly("to");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9999-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
      })
  void instantsWithoutAFourDigitNextChangeAreRefused(String at) {
    String status =
        decision.replace("decision", "business-hours/status?at=") + at.replace("+", "%2B");
    for (Answer answer :
        new Answer[] {
          get("to=1001&at=" + at.replace("+", "%2B"), "application/json"),
          send("{\"to\":\"1001\",\"at\":\"" + at + "\"}"),
          platform.get(URI.create(status).toString()),
        }) {
      assertThat(answer.status().value()).as(answer.body().toString()).isEqualTo(400);
      assertThat(answer.body().path("errors").findValuesAsString("field")).containsExactly("at");
      assertThat(answer.body().at("/errors/0/message").asString()).contains("0001 to 9998");
    }
  }

  @Test
  void duplicateMembersAreNamedWhereverTheyAre() {
    Answer answer = send("{\"to\":\"1001\",\"odd\":[{\"deep\":{\"twice\":1,\"twice\":2}}]}");

    assertThat(answer.status().value()).isEqualTo(400);
    assertThat(answer.body().path("type").asString()).isEqualTo("/problems/malformed-body");
    assertThat(answer.body().path("detail").asString()).contains("twice").contains("line 1");
  }

  private Answer get(String query, String accept) {
    JsonMapper mapper = JsonMapper.shared();
    var result =
        client
            .get()
            .uri(URI.create(decision + "?" + query.replace("[]", "%5B%5D")))
            .header("Authorization", "Bearer " + TestTokens.PLATFORM)
            .header("Accept", accept)
            .exchange()
            .expectBody(String.class)
            .returnResult();
    return new Answer(
        result.getStatus(), result.getResponseHeaders(), mapper.readTree(result.getResponseBody()));
  }

  private Answer send(String json) {
    return platform.send(
        HttpMethod.POST, MediaType.APPLICATION_JSON_VALUE, json, decision, Map.of());
  }

  private JsonNode post(String from) {
    Answer answer = send("{\"to\":\"1001\",\"from\":" + from + "}");
    assertThat(answer.status().value()).as(answer.body().toString()).isEqualTo(200);
    return answer.body();
  }
}
