package io.voicerouting.security;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/** The roles of clients. Each token has one. */
public enum Role {
  /** A telephony platform, which requests decisions about calls. */
  PLATFORM,
  /** The back office, which changes routing data. */
  ADMIN,
  /** Operations, which monitor and evict the cache. */
  OPS;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  @SuppressWarnings("ImmutableEnumChecker") // the list cannot be changed
  private final List<GrantedAuthority> authorities =
      List.copyOf(AuthorityUtils.createAuthorityList("ROLE_" + name()));

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }

  /** The role in the terms of Spring Security. */
  Collection<GrantedAuthority> authorities() {
    return authorities;
  }

  String settingName() {
    return "ROUTING_" + name() + "_TOKEN";
  }
}
