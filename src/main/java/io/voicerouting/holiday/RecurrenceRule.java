package io.voicerouting.holiday;

import io.voicerouting.common.FieldError;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.fortuna.ical4j.model.Recur;
import org.jspecify.annotations.Nullable;

/**
 * A recurrence rule (RRULE) of at most one occurrence a day.
 *
 * @param until last moment at which an occurrence may begin; null if it has no end
 */
record RecurrenceRule(Recur<LocalDateTime> recur, @Nullable EventTime until) {

  /** Longer rules take long to expand, and no calendar needs them. */
  private static final int LONGEST = 500;

  private static final int LARGEST_INTERVAL = 1000;

  private static final Set<String> FREQUENCIES = Set.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY");

  private static final Set<String> PARTS =
      Set.of(
          "FREQ",
          "UNTIL",
          "COUNT",
          "INTERVAL",
          "BYDAY",
          "BYMONTHDAY",
          "BYYEARDAY",
          "BYWEEKNO",
          "BYMONTH",
          "BYSETPOS",
          "WKST");

  /**
   * Parses a rule.
   *
   * @param zone of an end that has none
   * @throws InvalidCalendarException if it cannot be read, or occurs more than once a day
   */
  static RecurrenceRule parse(String text, ZoneId zone) {
    if (text.length() > LONGEST) {
      throw invalid(text, "at most " + LONGEST + " characters");
    }
    EventTime until = null;
    List<String> parts = new ArrayList<>();
    for (String part : text.toUpperCase(Locale.ROOT).split(";", -1)) {
      if (part.isBlank()) {
        continue; // some rules end with a semicolon
      }
      String[] pair = part.strip().split("=", 2);
      String value = pair.length == 2 ? pair[1] : "";
      check(text, pair[0], value);
      if (pair[0].equals("UNTIL")) {
        until = EventTime.parse(value, zone); // ical4j compares only times of one kind
      } else {
        parts.add(pair[0] + "=" + value);
      }
    }
    try {
      return new RecurrenceRule(new Recur<>(String.join(";", parts), false), until);
    } catch (RuntimeException e) { // of many kinds
      throw invalid(text, "a rule of RFC 5545");
    }
  }

  private static void check(String text, String part, String value) {
    if (!PARTS.contains(part)) {
      throw invalid(text, "a rule of these parts: " + String.join(", ", new TreeSet<>(PARTS)));
    }
    if (part.equals("FREQ") && !FREQUENCIES.contains(value)) {
      throw invalid(text, "FREQ=DAILY, WEEKLY, MONTHLY or YEARLY");
    }
    if (part.equals("INTERVAL") && !value.matches("[1-9]\\d{0,2}|" + LARGEST_INTERVAL)) {
      throw invalid(text, "INTERVAL from 1 to " + LARGEST_INTERVAL);
    }
    if (part.equals("COUNT") && !value.matches("[1-9]\\d{0,8}")) {
      throw invalid(text, "COUNT from 1 to 999999999");
    }
  }

  private static InvalidCalendarException invalid(String text, String expected) {
    return new InvalidCalendarException("has a recurrence " + FieldError.describe(text, expected));
  }

  /**
   * The starts of its occurrences, in order, from the first one until a time.
   *
   * @param zone in which it recurs
   */
  Stream<LocalDateTime> starts(EventTime first, ZoneId zone, LocalDateTime last) {
    return recur
        .getDatesAsStream(first.local(), first.local(), last, -1)
        .takeWhile(start -> isAllowed(start, first.isDate(), zone));
  }

  /** If the event or the end is a date, dates are compared. */
  private boolean isAllowed(LocalDateTime start, boolean date, ZoneId zone) {
    if (until == null) {
      return true;
    }
    return (until.isDate() || date)
        ? !start.toLocalDate().isAfter(until.local().toLocalDate())
        : !start.isAfter(until.in(zone));
  }
}
