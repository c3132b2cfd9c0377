package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.voicerouting.common.FieldError;
import java.util.regex.Pattern;

/**
 * A wall-clock time in minutes, including {@code 24:00} for the end of a day, which {@link
 * java.time.LocalTime} does not support.
 *
 * @param minute minutes since midnight, 0 to 1440
 */
public record TimeOfDay(int minute) implements Comparable<TimeOfDay> {

  /** Minutes in a day on the wall clock. */
  public static final int MINUTES_PER_DAY = 1440;

  private static final Pattern FORM = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)|24:00");

  public TimeOfDay {
    if (minute < 0 || minute > MINUTES_PER_DAY) {
      throw new IllegalArgumentException(
          "minute: " + minute + " (expected: 0 to " + MINUTES_PER_DAY + ")");
    }
  }

  /**
   * Parses {@code HH:mm}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  @JsonCreator
  public static TimeOfDay parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(FieldError.describe(text, "HH:mm, 00:00 to 24:00"));
    }
    return new TimeOfDay(
        Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3)));
  }

  @Override
  public int compareTo(TimeOfDay other) {
    return Integer.compare(minute, other.minute);
  }

  /** {@code HH:mm}. */
  @Override
  @JsonValue
  public String toString() {
    int hours = minute / 60;
    int minutes = minute % 60;
    return (hours < 10 ? "0" : "") + hours + (minutes < 10 ? ":0" : ":") + minutes;
  }
}
