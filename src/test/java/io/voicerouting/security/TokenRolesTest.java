package io.voicerouting.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class TokenRolesTest {

  private static final String PLATFORM = "platform-test-token";
  private static final String ADMIN = "admin-test-token";
  private static final String OPS = "ops-test-token";

  @Test
  void findsTheRoleOfAToken() {
    TokenRoles roles = roles(PLATFORM, ADMIN, OPS);

    assertThat(roles.findRole(PLATFORM)).isEqualTo(Role.PLATFORM);
    assertThat(roles.findRole(ADMIN)).isEqualTo(Role.ADMIN);
    assertThat(roles.findRole(OPS)).isEqualTo(Role.OPS);
    assertThat(roles.findRole("")).isNull();
    assertThat(roles.findRole(OPS + " ")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'', is not set",
    "'   ', is not set",
    "elevenchars, at least 12",
    "with a space in it, at least 12",
    "ünïcödé-tökén-lông, at least 12",
    "platform-test-token, another role",
  })
  void rejectsWeakTokensWithoutShowingThem(String token, String complaint) {
    assertThatExceptionOfType(InvalidTokensException.class)
        .isThrownBy(() -> roles(PLATFORM, token, OPS))
        .withMessageContaining("ROUTING_ADMIN_TOKEN")
        .withMessageContaining(complaint)
        .satisfies(
            failure -> {
              if (!token.isBlank()) {
                assertThat(failure.getMessage()).doesNotContain(token);
              }
            });
  }

  @Test
  void reportsAllInvalidTokens() {
    assertThatExceptionOfType(InvalidTokensException.class)
        .isThrownBy(() -> roles("", "", "short"))
        .satisfies(
            failure -> {
              FailureAnalysis analysis =
                  new InvalidTokensFailureAnalyzer().analyze(failure, failure);
              assertThat(analysis.getDescription())
                  .contains("ROUTING_PLATFORM_TOKEN", "ROUTING_ADMIN_TOKEN", "ROUTING_OPS_TOKEN");
            });
  }

  @Test
  void propertiesDoNotShowTheTokens() {
    assertThat(new SecurityProperties(PLATFORM, ADMIN, OPS).toString())
        .doesNotContain(PLATFORM, ADMIN, OPS);
  }

  private static TokenRoles roles(String platform, String admin, String ops) {
    return new TokenRoles(new SecurityProperties(platform, admin, ops));
  }
}
