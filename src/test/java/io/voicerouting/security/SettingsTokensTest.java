package io.voicerouting.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.voicerouting.common.ApiClient;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class SettingsTokensTest {

  private static final String PLATFORM = "platform-test-token";
  private static final String ADMIN = "admin-test-token";
  private static final String NEXT_ADMIN = "next-admin-test-token";
  private static final String OPS = "ops-test-token";

  @Test
  void findsTheClientOfAToken() {
    SettingsTokens tokens = tokens(PLATFORM, ADMIN + " , " + NEXT_ADMIN, OPS);

    assertThat(roleOf(tokens, PLATFORM)).isEqualTo(Role.PLATFORM);
    assertThat(roleOf(tokens, ADMIN)).isEqualTo(Role.ADMIN);
    assertThat(roleOf(tokens, NEXT_ADMIN)).isEqualTo(Role.ADMIN);
    assertThat(roleOf(tokens, OPS)).isEqualTo(Role.OPS);
    assertThat(roleOf(tokens, "")).isNull();
    assertThat(roleOf(tokens, OPS + " ")).isNull();
    assertThat(roleOf(tokens, ADMIN + " , " + NEXT_ADMIN)).isNull();
  }

  @Test
  void clientsOfTheSettingsSeeAllOrganizations() {
    ClientAuthentication found =
        Objects.requireNonNull(tokens(PLATFORM, ADMIN, OPS).find(SettingsTokens.digest(ADMIN)));

    assertThat(found.client()).isEqualTo(new ApiClient("settings:admin", null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "'', is not set",
    "'   ', is not set",
    "elevenchars, at least 12",
    "with a space in it, at least 12",
    "ünïcödé-tökén-lông, at least 12",
    "platform-test-token, another role",
    "'admin-test-token,', is not set",
    "'admin-test-token,short', at least 12",
    "'admin-test-token,admin-test-token', equals",
    "'admin-test-token,admin-test-token-2,admin-test-token-3', 1 or 2",
  })
  void rejectsWeakTokensWithoutShowingThem(String token, String complaint) {
    assertThatExceptionOfType(InvalidTokensException.class)
        .isThrownBy(() -> tokens(PLATFORM, token, OPS))
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
        .isThrownBy(() -> tokens("", "", "short"))
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
    assertThat(properties(PLATFORM, ADMIN, OPS).toString()).doesNotContain(PLATFORM, ADMIN, OPS);
  }

  private static SettingsTokens tokens(String platform, String admin, String ops) {
    return new SettingsTokens(properties(platform, admin, ops));
  }

  private static SecurityProperties properties(String platform, String admin, String ops) {
    return new SecurityProperties(platform, admin, ops, "", 30, Duration.ofMinutes(1));
  }

  private static @Nullable Role roleOf(SettingsTokens tokens, String token) {
    ClientAuthentication found = tokens.find(SettingsTokens.digest(token));
    return found == null ? null : found.role();
  }
}
