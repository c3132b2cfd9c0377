package io.voicerouting.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What a change did to a document. */
enum AuditAction {
  CREATE("create"),
  UPDATE("update"),
  DELETE("delete");

  @EnumeratedValue private final String code;

  AuditAction(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}
