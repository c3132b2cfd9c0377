package io.voicerouting.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** How a change was made. */
enum AuditSource {
  /** By this service's API. */
  API,
  /** By SQL. */
  SQL;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}
