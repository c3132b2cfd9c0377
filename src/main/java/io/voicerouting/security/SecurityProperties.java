package io.voicerouting.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The tokens, one a role; {@link TokenRoles} says what they must be like.
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

  /** The token of one role. */
  String token(Role role) {
    return switch (role) {
      case PLATFORM -> platformToken;
      case ADMIN -> adminToken;
      case OPS -> opsToken;
    };
  }

  /** Without the tokens: this may end up in a log. */
  @Override
  public String toString() {
    return "SecurityProperties[not shown]";
  }
}
