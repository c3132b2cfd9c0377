package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.voicerouting.common.FieldError;

/**
 * A wall-clock time in minutes, including {@code 24:00} for the end of a day, which {@link
 * java.time.LocalTime} does not support.
 *
 * @param minute minutes since midnight, 0 to 1440
 */
public record TimeOfDay(int minute) implements Comparable<TimeOfDay> {

  /** Minutes in a day on the wall clock. */
  public static final int MINUTES_PER_DAY = 1440;

  private static final int MINUTES_PER_HOUR = 60;

  private static final int INVALID = -1;

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
    int minute = text.length() == 5 && text.charAt(2) == ':' ? minute(text) : INVALID;
    if (minute < 0 || minute > MINUTES_PER_DAY) {
      throw new IllegalArgumentException(FieldError.describe(text, "HH:mm, 00:00 to 24:00"));
    }
    return new TimeOfDay(minute);
  }

  /** Without a regular expression, because every schedule that is read has dozens of times. */
  private static int minute(String text) {
    int hours = twoDigits(text, 0);
    int minutes = twoDigits(text, 3);
    return hours == INVALID || minutes == INVALID || minutes >= MINUTES_PER_HOUR
        ? INVALID
        : hours * MINUTES_PER_HOUR + minutes;
  }

  private static int twoDigits(String text, int index) {
    int tens = text.charAt(index) - '0';
    int units = text.charAt(index + 1) - '0';
    return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : INVALID;
  }

  @Override
  public int compareTo(TimeOfDay other) {
    return Integer.compare(minute, other.minute);
  }

  /** {@code HH:mm}. */
  @Override
  @JsonValue
  public String toString() {
    int hours = minute / MINUTES_PER_HOUR;
    int minutes = minute % MINUTES_PER_HOUR;
    return (hours < 10 ? "0" : "") + hours + (minutes < 10 ? ":0" : ":") + minutes;
  }
}
