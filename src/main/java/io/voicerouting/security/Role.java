package io.voicerouting.security;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Collection;
import java.util.List;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/** The roles of clients. Each token has one. */
public enum Role {
  /** A telephony platform, which asks where calls go. */
  PLATFORM("platform"),
  /** The back office, which changes routing data. */
  ADMIN("admin"),
  /** Operations, which monitor and evict the cache. */
  OPS("ops");

  @EnumeratedValue private final String code;

  @SuppressWarnings("ImmutableEnumChecker") // the list cannot be changed
  private final List<GrantedAuthority> authorities;

  Role(String code) {
    this.code = code;
    this.authorities = List.copyOf(AuthorityUtils.createAuthorityList("ROLE_" + name()));
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }

  /** What Spring Security calls the role. */
  Collection<GrantedAuthority> authorities() {
    return authorities;
  }

  /** Name of the setting with the role's tokens. */
  String settingName() {
    return "ROUTING_" + name() + "_TOKEN";
  }
}
