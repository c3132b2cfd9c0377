package io.voicerouting.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The tokens of the roles, validated by {@link TokenRoles}.
 *
 * @param platformToken token of the telephony platform
 * @param adminToken token of the back office
 * @param opsToken token of operations
 */
@ConfigurationProperties("routing.security")
record SecurityProperties(
    @DefaultValue("") String platformToken,
    @DefaultValue("") String adminToken,
    @DefaultValue("") String opsToken) {

  /** The token of a role. */
  String token(Role role) {
    return switch (role) {
      case PLATFORM -> platformToken;
      case ADMIN -> adminToken;
      case OPS -> opsToken;
    };
  }

  /** Hides the tokens, because this may be logged. */
  @Override
  public String toString() {
    return "SecurityProperties[not shown]";
  }
}
