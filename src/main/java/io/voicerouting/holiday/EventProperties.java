package io.voicerouting.holiday;

import io.voicerouting.common.FieldError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects the properties of one event. */
final class EventProperties {

  private static final int LONGEST_NAME = 255;

  private final ZoneId zone;
  private final List<String> rules = new ArrayList<>();
  private final List<EventTime> additions = new ArrayList<>();
  private final List<EventTime> exclusions = new ArrayList<>();
  private String uid = "";
  private String name = displayName("");
  private @Nullable EventTime start;
  private @Nullable EventTime end;
  private @Nullable String duration;
  private @Nullable EventTime replaces;
  private boolean cancelled;

  /**
   * @param zone of times that have none
   */
  EventProperties(ZoneId zone) {
    this.zone = zone;
  }

  static final class Property {

    private final String name;
    private @Nullable String zone;
    private boolean period;
    private boolean andFuture;

    Property(String name) {
      this.name = name.toUpperCase(Locale.ROOT);
    }

    void addParameter(String parameter, String quoted) {
      String value = quoted.replace("\"", "");
      switch (parameter.toUpperCase(Locale.ROOT)) {
        case "TZID" -> zone = value;
        case "VALUE" -> period = value.equalsIgnoreCase("PERIOD");
        case "RANGE" -> andFuture = true;
        default -> {} // not needed
      }
    }
  }

  /**
   * Adds a property.
   *
   * @throws InvalidCalendarException if it cannot be read
   */
  void add(Property property, String value) {
    switch (property.name) {
      case "UID" -> uid = value;
      case "SUMMARY" -> name = displayName(value);
      case "STATUS" -> cancelled = value.strip().equalsIgnoreCase("CANCELLED");
      case "DTSTART" -> start = time(property, value);
      case "DTEND" -> end = time(property, value);
      case "DURATION" -> duration = value.strip();
      case "RRULE" -> rules.add(value.strip());
      case "EXRULE" -> throw unsupported("EXRULE");
      case "RDATE" -> additions.addAll(times(property, value));
      case "EXDATE" -> exclusions.addAll(times(property, value));
      case "RECURRENCE-ID" -> replaces = time(property, value);
      default -> {} // not needed
    }
  }

  private List<EventTime> times(Property property, String values) {
    List<EventTime> times = new ArrayList<>();
    for (String value : values.split(",", -1)) {
      if (!value.isBlank()) {
        times.add(time(property, value));
      }
    }
    return times;
  }

  private EventTime time(Property property, String value) {
    if (property.period || property.andFuture) {
      throw unsupported(property.period ? "VALUE=PERIOD" : "RANGE");
    }
    String text = value.strip();
    String name = property.zone;
    return EventTime.parse(
        text, name == null || isWithoutZone(text) ? zone : FeedZones.resolve(name));
  }

  /** Whether a value is a date, or a time in UTC. */
  private static boolean isWithoutZone(String value) {
    return value.indexOf('T') < 0 || value.endsWith("Z");
  }

  private static InvalidCalendarException unsupported(String what) {
    return new InvalidCalendarException("has an event with " + what + ", which is not supported");
  }

  /**
   * The event.
   *
   * @throws InvalidCalendarException if it has no start, or ends before it
   */
  FeedEvent toEvent() {
    EventTime from = start;
    if (from == null) {
      throw new InvalidCalendarException("has an event without DTSTART: '" + name + "'");
    }
    EventTime until = end(from);
    if (until.in(from.zone() == null ? zone : from.zone()).isBefore(from.local())) {
      throw new InvalidCalendarException("has an event that ends before it starts: '" + name + "'");
    }
    return new FeedEvent(uid, name, from, until, cancelled, rules, additions, exclusions, replaces);
  }

  /** If the start has a time and the end has none, the end is midnight of its date. */
  private EventTime end(EventTime from) {
    LocalDateTime until = from.local();
    if (end != null) {
      until = end.in(from.zone() == null ? zone : from.zone());
    } else if (duration != null) {
      until = plus(until, duration);
    }
    if (from.isDate() && !until.isAfter(from.local()) && until.equals(from.local())) {
      until = until.plusDays(1); // an end that is missing, or inclusive by mistake
    }
    return new EventTime(until, from.zone());
  }

  private static LocalDateTime plus(LocalDateTime start, String duration) {
    try {
      int time = duration.indexOf('T');
      String days = time < 0 ? duration : duration.substring(0, time);
      LocalDateTime until = days.endsWith("P") ? start : start.plus(Period.parse(days));
      return time < 0 ? until : until.plus(Duration.parse("P" + duration.substring(time)));
    } catch (DateTimeException | ArithmeticException e) {
      throw new InvalidCalendarException(
          "has a DURATION " + FieldError.describe(duration, "such as P1D or PT2H"));
    }
  }

  /** Unescapes a text and makes it one line. */
  private static String displayName(String value) {
    String text =
        value
            .replaceAll("\\\\[nN]", " ")
            .replaceAll("\\\\(.)", "$1")
            .replaceAll("[\\p{Cc}\\p{Cs}]", " ")
            .strip();
    if (text.isBlank()) {
      return "Holiday";
    }
    return text.codePointCount(0, text.length()) <= LONGEST_NAME
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_NAME));
  }
}
