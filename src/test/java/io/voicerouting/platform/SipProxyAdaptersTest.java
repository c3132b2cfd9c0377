package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.routing.DecisionRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Kamailio and OpenSIPS: rtjson and plain text. */
class SipProxyAdaptersTest {

  private final JsonMapper mapper =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  private final RtjsonAdapter rtjson =
      new RtjsonAdapter(
          Questions.settings(RtjsonProperties.PREFIX, RtjsonProperties.class, Map.of()), mapper);
  private final PlainAdapter plain =
      new PlainAdapter(Questions.settings(PlainProperties.PREFIX, PlainProperties.class, Map.of()));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          extension 1001 | {"uri":"sip:1001@acme.example","fr_inv_timer":30000}
          extension *97# | {"uri":"sip:*97%23@acme.example","fr_inv_timer":30000}
          extension 1001 > extension 1002 | {"uri":"sip:1001@acme.example","fr_inv_timer":30000},{"uri":"sip:1002@acme.example","fr_inv_timer":30000}
          extension 1001 > voicemail 1001 | {"uri":"sip:1001@acme.example","fr_inv_timer":30000},{"uri":"sip:voicemail-1001@acme.example"}
          extension 1001 > group a&b | {"uri":"sip:1001@acme.example","fr_inv_timer":30000}
          number +15550100 | {"uri":"sip:+15550100@acme.example"}
          uri sip:a%40b@[::1]:5061;transport=tls?x=y | {"uri":"sip:a%40b@[::1]:5061;transport=tls?x=y"}
          conference board | {"uri":"sip:conference-board@acme.example"}
          group sales | {"uri":"sip:group-sales@acme.example"}
          group a@evil.example | {"uri":"sip:group-a%40evil.example@acme.example"}
          menu a:b | {"uri":"sip:menu-a%3Ab@acme.example"}
          assistant +15550150 | {"uri":"sip:+15550150@acme.example"}
          voicemail front-desk | {"uri":"sip:voicemail-front-desk@acme.example"}
          """)
  void rtjsonListsTheRoutes(String action, String routes) {
    PlatformAnswer answer = answer(rtjson, action);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"version\":\"1.0\",\"routing\":\"serial\",\"routes\":["
                + routes
                + "],\"outcome\":\"route\",\"reason\":\"extension_active\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "reject NOT_FOUND, 404, Not Found",
    "reject UNAVAILABLE, 480, Temporarily Unavailable",
    "reject FORWARD_LOOP, 482, Loop Detected",
    "group a&b, 480, Temporarily Unavailable",
    "uri sip:a@b.example>, 480, Temporarily Unavailable"
  })
  void rejectionsHaveASipStatus(String action, int status, String phrase) {
    JsonNode document = mapper.readTree(answer(rtjson, action).body());
    assertThat(document.get("routes")).isEmpty();
    assertThat(document.get("outcome").stringValue()).isEqualTo("reject");
    assertThat(document.get("sip_code").isIntegralNumber()).isTrue();
    assertThat(document.get("sip_code").intValue()).isEqualTo(status);
    assertThat(document.get("sip_reason").stringValue()).isEqualTo(phrase);
    assertThat(document.get("reason").stringValue())
        .isEqualTo(action.startsWith("reject") ? "extension_not_found" : "configuration_invalid");

    assertThat(answer(plain, action).body()).isEqualTo("reject|" + status + "|" + phrase);
  }

  @ParameterizedTest
  @CsvSource({
    "extension 1001, route|sip:1001@acme.example|30",
    "extension 1001 > voicemail 1001, route|sip:1001@acme.example|30",
    "number +15550100, route|sip:+15550100@acme.example|0",
    "uri sip:desk@partner.example, route|sip:desk@partner.example|0",
    "conference board, route|sip:conference-board@acme.example|0",
    "group sales, route|sip:group-sales@acme.example|0",
    "menu main, route|sip:menu-main@acme.example|0",
    "assistant +15550150, route|sip:+15550150@acme.example|0",
    "voicemail front-desk, route|sip:voicemail-front-desk@acme.example|0"
  })
  void plainIsOneLineWithoutAnEnd(String action, String line) {
    PlatformAnswer answer = answer(plain, action);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("text/plain");
    assertThat(answer.body()).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({"''", "to=", "to=alice", "from=1001", "to=1001&direction=up", "to=1001&at=noon"})
  void requestsThatCannotBeUsedAreIncomplete(String query) {
    PlatformRequest request = Questions.request("", query, "");

    JsonNode document =
        mapper.readTree(Questions.answer(rtjson, request, Questions.action("menu x")).body());
    assertThat(document.get("sip_code").intValue()).isEqualTo(484);
    assertThat(document.get("routes")).isEmpty();
    assertThat(Questions.answer(plain, request, Questions.action("menu x")).body())
        .isEqualTo("reject|484|Address Incomplete");
  }

  @Test
  void callIsReadFromQueryOrForm() {
    DecisionRequest query =
        Questions.call(rtjson, Questions.request("", "to=1001&from=%2B15550100", ""));
    DecisionRequest form =
        Questions.call(rtjson, Questions.request("", "to=1", "to=1001&from=%2B15550100"));

    assertThat(form).isEqualTo(query);
    assertThat(query.to()).isEqualTo("1001");
    assertThat(query.from()).isEqualTo("+15550100");
  }

  @Test
  void withoutADomainNothingIsRelayed() {
    PlatformReading.Call call =
        (PlatformReading.Call) plain.read(Questions.request("", "to=1001", ""));

    PlatformAnswer answer =
        PlatformCalls.render(
            call.renderer(), Questions.decision(Questions.action("extension 1001")), null);

    assertThat(answer.body()).isEqualTo("reject|480|Temporarily Unavailable");
  }

  private static PlatformAnswer answer(PlatformAdapter adapter, String action) {
    return Questions.answer(
        adapter, Questions.request("", "to=1001", ""), Questions.action(action));
  }
}
