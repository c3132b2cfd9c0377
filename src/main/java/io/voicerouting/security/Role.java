package io.voicerouting.security;

import java.util.List;
import java.util.Locale;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/** Who a caller can be; each role has one token. */
enum Role {
  /** The telephony platform, which asks where calls go. */
  PLATFORM,
  /** The back office, which changes what calls meet. */
  ADMIN,
  /** Operations, which watch and empty the cache. */
  OPS;

  /** An authentication of callers in this role. */
  Authentication toAuthentication() {
    return UsernamePasswordAuthenticationToken.authenticated(
        name().toLowerCase(Locale.ROOT),
        "",
        List.copyOf(AuthorityUtils.createAuthorityList("ROLE_" + name())));
  }

  /** Setting that holds the role's token. */
  String settingName() {
    return "ROUTING_" + name() + "_TOKEN";
  }
}
