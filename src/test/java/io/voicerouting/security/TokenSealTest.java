package io.voicerouting.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenSealTest {

  @Test
  void sealHoldsForItsTextOnly() {
    TokenSeal seals = seals("admin-test-token");
    String seal = seals.seal("text");

    assertThat(seals.isIntact("text", seal)).isTrue();
    assertThat(seals.isIntact("other text", seal)).isFalse();
    assertThat(seals.isIntact("text", seal + "A")).isFalse();
    assertThat(seals.isIntact("text", "")).isFalse();
    assertThat(seals("other-test-token").isIntact("text", seal)).isFalse();
  }

  @Test
  void bothTokensOfARotationVerify() {
    String old = seals("old-test-token").seal("text");
    String current = seals("new-test-token").seal("text");

    assertThat(seals("new-test-token,old-test-token").isIntact("text", old)).isTrue();
    assertThat(seals("old-test-token,new-test-token").isIntact("text", current)).isTrue();
  }

  private static TokenSeal seals(String adminToken) {
    return new TokenSeal(new SecurityProperties("", adminToken, "", "", 30, Duration.ofMinutes(1)));
  }
}
