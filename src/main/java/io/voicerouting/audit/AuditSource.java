package io.voicerouting.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** How a change was made. */
enum AuditSource {
  /** By this service's API. */
  API("api"),
  /** By SQL. */
  SQL("sql");

  @EnumeratedValue private final String code;

  AuditSource(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}
