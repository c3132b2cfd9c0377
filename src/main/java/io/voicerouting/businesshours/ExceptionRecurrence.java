package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** How an exception recurs, from its date on. */
public enum ExceptionRecurrence {
  /** On the same days of each year; on 29 February only in leap years. */
  YEARLY,
  /** On the same weekday of the same {@link WeekOfMonth} of the same month of each year. */
  YEARLY_WEEKDAY;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}
