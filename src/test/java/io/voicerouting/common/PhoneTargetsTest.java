package io.voicerouting.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTargetsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sip:alice@example.com",
        "SIPS:alice@example.com",
        "sip:alice:secret@example.com:5061;transport=tls?subject=call",
        "sip:+15550100@[2001:db8::1]:5060",
        "sip:10.0.0.1",
        "sip:%2b1555@pbx.example.com."
      })
  void acceptsSipUris(String text) {
    assertThat(PhoneTargets.isSipUri(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sip:",
        "sip:@example.com",
        "sip:alice@",
        "sip:alice@exa mple.com",
        "sip:alice@example.com\r\nVia: x",
        "sip:alice@-example.com",
        "tel:+15550100",
        "alice@example.com",
        "sip:älice@example.com",
        "sip:alice@example.com:123456"
      })
  void rejectsOtherText(String text) {
    assertThat(PhoneTargets.isSipUri(text)).isFalse();
  }

  @Test
  void rejectsLongSipUris() {
    String host = "@example.com";
    assertThat(PhoneTargets.isSipUri("sip:" + "a".repeat(251 - host.length()) + host)).isTrue();
    assertThat(PhoneTargets.isSipUri("sip:" + "a".repeat(252 - host.length()) + host)).isFalse();
    assertThat(PhoneTargets.isSipUri("sip:" + ";".repeat(200_000))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"+15550100", "+49", "+123456789012345"})
  void acceptsE164Numbers(String text) {
    assertThat(PhoneTargets.isE164(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "15550100",
        "+05550100",
        "+1234567890123456",
        "+1 555 0100",
        "+1",
        "",
        "+1٢",
        "+12\n"
      })
  void rejectsOtherNumbers(String text) {
    assertThat(PhoneTargets.isE164(text)).isFalse();
  }

  @Test
  void recognizesExtensionNumbers() {
    assertThat(PhoneTargets.isExtensionNumber("*98#")).isTrue();
    assertThat(PhoneTargets.isExtensionNumber("12345678901234567")).isFalse();
    assertThat(PhoneTargets.isExtensionNumber("10a")).isFalse();
    assertThat(PhoneTargets.isExtensionNumber("")).isFalse();
  }
}
