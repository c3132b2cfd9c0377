package io.voicerouting.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** The firewall accepts the headers that Spring Security's own rules accept, and no others. */
class FirewallTest {

  @Test
  void acceptsTheSameCharactersInHeaders() {
    for (Predicate<String> rule :
        List.of(
            StrictHttpFirewall.ALLOWED_HEADER_NAMES, StrictHttpFirewall.ALLOWED_HEADER_VALUES)) {
      Predicate<String> ours = SecurityConfiguration.plainOr(rule);
      for (int character = 0; character <= Character.MAX_VALUE; character++) {
        String header = "a" + (char) character + "b";
        assertThat(ours.test(header)).as("U+%04X", character).isEqualTo(rule.test(header));
      }
      assertThat(ours.test("")).isEqualTo(rule.test(""));
    }
  }
}
