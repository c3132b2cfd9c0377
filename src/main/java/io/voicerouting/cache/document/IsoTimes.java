package io.voicerouting.cache.document;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.ext.javatime.deser.LocalDateDeserializer;

/**
 * Reads dates and instants as this service writes them, {@code 2026-11-23} and {@code
 * 2026-11-23T14:00:00.123Z}. Other forms are left to Jackson, which takes about ten times as long
 * and creates a formatter for each instant.
 */
final class IsoTimes {

  private static final int DATE_LENGTH = "2026-11-23".length();
  private static final int TIME_LENGTH = "2026-11-23T14:00:00".length();
  private static final int FRACTION_DIGITS = 9;
  private static final int INVALID = -1;

  private IsoTimes() {}

  /** Reads dates. */
  static ValueDeserializer<LocalDate> dates() {
    return new FastDeserializer<>(LocalDate.class, IsoTimes::date, LocalDateDeserializer.INSTANCE);
  }

  /** Reads instants. */
  static ValueDeserializer<Instant> instants() {
    return new FastDeserializer<>(Instant.class, IsoTimes::instant, InstantDeserializer.INSTANT);
  }

  private static final class FastDeserializer<T> extends StdScalarDeserializer<T> {

    private final Function<String, @Nullable T> usualForm;
    private final ValueDeserializer<T> otherForms;

    FastDeserializer(
        Class<T> type, Function<String, @Nullable T> usualForm, ValueDeserializer<T> otherForms) {
      super(type);
      this.usualForm = usualForm;
      this.otherForms = otherForms;
    }

    @Override
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
      T read = parser.hasToken(JsonToken.VALUE_STRING) ? usualForm.apply(parser.getString()) : null;
      return read == null ? otherForms.deserialize(parser, context) : read;
    }
  }

  /** Reads a date; null if the text has another form. */
  static @Nullable LocalDate date(String text) {
    return text.length() == DATE_LENGTH ? dateAtStart(text) : null;
  }

  private static @Nullable LocalDate dateAtStart(String text) {
    if (text.charAt(4) != '-' || text.charAt(7) != '-') {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, DATE_LENGTH);
    return year != INVALID
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= Month.of(month).length(Year.isLeap(year))
        ? LocalDate.of(year, month, day)
        : null;
  }

  /** Reads an instant; null if the text has another form. */
  static @Nullable Instant instant(String text) {
    int end = text.length() - 1;
    if (end < TIME_LENGTH
        || text.charAt(end) != 'Z'
        || text.charAt(DATE_LENGTH) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return null;
    }
    LocalDate date = dateAtStart(text);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, TIME_LENGTH);
    int nanos = end == TIME_LENGTH ? 0 : nanos(text, end);
    return date == null
            || hour == INVALID
            || hour > 23
            || minute == INVALID
            || minute > 59
            || second == INVALID
            || second > 59
            || nanos == INVALID
        ? null
        : Instant.ofEpochSecond(
            date.toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second, nanos);
  }

  /** Reads a fraction of a second with at most nine digits. */
  private static int nanos(String text, int end) {
    int digits = end - TIME_LENGTH - 1;
    if (text.charAt(TIME_LENGTH) != '.' || digits < 1 || digits > FRACTION_DIGITS) {
      return INVALID;
    }
    int value = number(text, TIME_LENGTH + 1, end);
    for (int digit = digits; value != INVALID && digit < FRACTION_DIGITS; digit++) {
      value *= 10;
    }
    return value;
  }

  private static int number(String text, int start, int end) {
    int value = 0;
    for (int index = start; index < end; index++) {
      int digit = text.charAt(index) - '0';
      if (digit < 0 || digit > 9) {
        return INVALID;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
