package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.routing.CallDirection;
import io.voicerouting.routing.DecisionRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is dialled, who calls, and from where. */
class PlatformRequestTest {

  @ParameterizedTest
  @CsvSource({
    "+15550100, +15550100,",
    "' 15550100', +15550100,",
    "1001, 1001,",
    "sip:1001@acme.example, 1001, acme.example",
    "sips:%2B15550100@ACME.example:5061;transport=tls, +15550100, acme.example",
    "sip: 15550100@acme.example, ' 15550100',",
    "client:1001, 1001,",
    "sip:1001@[2001:db8::1]:5060, 1001,"
  })
  void dialledNumberMayBeAUri(String to, String number, @Nullable String domain) {
    DecisionRequest call = Questions.request("", null, "").toCall(to, null, null);

    if (number.startsWith(" ")) { // a blank is a plus sign at the start only
      assertThat(call).isNull();
      return;
    }
    assertThat(call).isNotNull();
    assertThat(call.to()).isEqualTo(number);
    assertThat(call.sipDomain()).isEqualTo(domain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anonymous", "Restricted", "unavailable", "", " ", "\u0000${x}", "<&\">"})
  void callerNeverRefusesACall(String from) {
    DecisionRequest call = Questions.request("", null, "").toCall("1001", from, null);

    assertThat(call).isNotNull();
    assertThat(call.from())
        .satisfiesAnyOf(
            caller -> assertThat(caller).isNull(),
            caller -> assertThat(caller).isNotBlank().doesNotContain("\u0000"));
  }

  @Test
  void longCallerIsShortened() {
    DecisionRequest call = Questions.request("", null, "").toCall("1001", "x".repeat(4_096), null);

    assertThat(call).isNotNull();
    assertThat(call.from()).hasSize(255);
  }

  @Test
  void blankBeforeTheCallerIsAPlusSign() {
    DecisionRequest call = Questions.request("", null, "").toCall("1001", " 15550100", null);

    assertThat(call).isNotNull();
    assertThat(call.from()).isEqualTo("+15550100");
  }

  @ParameterizedTest
  @CsvSource({
    "42,, INTERNAL",
    "42, direction=inbound, INBOUND",
    ",, INBOUND",
    ", direction=internal, INTERNAL"
  })
  void directionIsInTheUrl(@Nullable Long org, @Nullable String query, CallDirection direction) {
    DecisionRequest call =
        Questions.request(org, "", query, "direction=other")
            .toCall("sip:1001@acme.example", null, null);

    assertThat(call).isNotNull();
    assertThat(call.direction()).isEqualTo(direction);
  }

  @Test
  void instantIsInTheUrl() {
    DecisionRequest call =
        Questions.request("", "at=2026-12-25T10:00:00%2B01:00", "").toCall("1001", null, null);

    assertThat(call).isNotNull();
    assertThat(call.at()).isEqualTo(Instant.parse("2026-12-25T09:00:00Z"));
  }

  @Test
  void extensionWithoutAnOrganizationNeedsADomain() {
    PlatformRequest request = Questions.request(null, "", null, "");

    assertThat(request.toCall("1001", null, null)).isNull();
    assertThat(request.toCall("1001", null, "not a domain")).isNull();
    assertThat(request.toCall("1001", null, "acme.example")).isNotNull();
    assertThat(request.toCall("+15550100", null, null)).isNotNull();
  }
}
