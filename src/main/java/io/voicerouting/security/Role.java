package io.voicerouting.security;

import java.util.List;
import java.util.Locale;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/** The roles of callers. Each has one token. */
enum Role {
  /** The telephony platform, which asks where calls go. */
  PLATFORM,
  /** The back office, which changes routing data. */
  ADMIN,
  /** Operations, which monitor and evict the cache. */
  OPS;

  /** Creates an authentication with this role. */
  Authentication toAuthentication() {
    return UsernamePasswordAuthenticationToken.authenticated(
        name().toLowerCase(Locale.ROOT),
        "",
        List.copyOf(AuthorityUtils.createAuthorityList("ROLE_" + name())));
  }

  /** Name of the setting with the role's token. */
  String settingName() {
    return "ROUTING_" + name() + "_TOKEN";
  }
}
