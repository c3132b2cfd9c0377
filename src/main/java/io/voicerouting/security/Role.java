package io.voicerouting.security;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** The roles of clients. Each token has one. */
public enum Role {
  /** A telephony platform, which asks where calls go. */
  PLATFORM("platform"),
  /** The back office, which changes routing data. */
  ADMIN("admin"),
  /** Operations, which monitor and evict the cache. */
  OPS("ops");

  @EnumeratedValue private final String code;

  Role(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }

  /** Name of the setting with the role's tokens. */
  String settingName() {
    return "ROUTING_" + name() + "_TOKEN";
  }
}
