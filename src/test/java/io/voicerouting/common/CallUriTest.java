package io.voicerouting.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallUriTest {

  @ParameterizedTest
  @CsvSource({
    "sip:1001@acme.example, 1001",
    "SIPS:+15550100@acme.example;transport=tls, +15550100",
    "sip:+15550100;npdi=yes@[2001:db8::1]:5060, +15550100",
    "sip:%2B15550100:secret@acme.example, +15550100",
    "sip:%2345@acme.example, #45",
    "client:alice, alice",
    "client:+15550100, +15550100",
    "tel:+15550100;phone-context=x, +15550100",
    "sip:acme.example, sip:acme.example",
    "sip:@acme.example, sip:@acme.example",
    "mailto:a@b, mailto:a@b",
    "+15550100, +15550100",
    "'', ''"
  })
  void urisCountByTheirUserPart(String text, String user) {
    assertThat(CallUri.user(text)).isEqualTo(user);
  }
}
