package io.voicerouting.override;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.voicerouting.common.FieldError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** When an override ends, as a request states it. */
sealed interface OverrideEnd {

  /** The forms that a request may use. */
  String EXPECTED = "RFC 3339 instant, ISO 8601 duration such as PT2H, next_change or cleared";

  /** Until an instant, exclusive. */
  record At(Instant instant) implements OverrideEnd {}

  /** For a time from its begin on. */
  record After(Duration duration) implements OverrideEnd {}

  /** Until the hours open or close the next time after its begin. */
  record NextChange() implements OverrideEnd {}

  /** Until somebody clears it. */
  record Cleared() implements OverrideEnd {}

  /**
   * Parses the member {@code until}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  @JsonCreator
  static OverrideEnd parse(String text) {
    OverrideEnd end =
        switch (text) {
          case "next_change" -> new NextChange();
          case "cleared" -> new Cleared();
          default -> parseTime(text.toUpperCase(Locale.ROOT));
        };
    if (end == null) {
      throw new IllegalArgumentException(FieldError.describe(text, EXPECTED));
    }
    return end;
  }

  private static @Nullable OverrideEnd parseTime(String text) {
    try {
      return text.startsWith("P")
          ? new After(Duration.parse(text))
          : new At(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return null;
    }
  }
}
