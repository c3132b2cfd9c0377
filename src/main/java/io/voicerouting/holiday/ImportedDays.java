package io.voicerouting.holiday;

import io.voicerouting.businesshours.ExceptionDay;
import io.voicerouting.businesshours.ExceptionType;
import io.voicerouting.businesshours.TimeOfDay;
import io.voicerouting.businesshours.TimeRange;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.Text;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of a calendar into exceptions: one for the dates of each event, or, if the hours
 * are those of the events, one for each date. Events with the same dates become one exception.
 */
final class ImportedDays {

  /** Most exceptions that one calendar may bring. */
  static final int MOST = 400;

  private static final int MOST_DATES = 366;
  private static final int LONGEST_NAME = 255;

  private final ExceptionType type;
  private final List<TimeRange> ranges;
  private final @Nullable CallAction action;
  private final LocalDate from;
  private final LocalDate to;
  private final SortedMap<Dates, Day> days =
      new TreeMap<>(Comparator.comparing(Dates::first).thenComparing(Dates::last));

  private record Dates(LocalDate first, LocalDate last) {}

  /** Names and covered minutes of the events with the same dates. */
  private record Day(SortedSet<String> names, SortedMap<Integer, Integer> minutes) {}

  /**
   * @param ranges hours for {@code special_hours}; empty for those of the events
   * @param from events that end before this date are ignored
   * @param to events that begin after this date are ignored
   */
  ImportedDays(
      ExceptionType type,
      List<TimeRange> ranges,
      @Nullable CallAction action,
      LocalDate from,
      LocalDate to) {
    this.type = type;
    this.ranges = ranges;
    this.action = action;
    this.from = from;
    this.to = to;
  }

  /** The last date of interest. */
  LocalDate to() {
    return to;
  }

  /**
   * Adds an event.
   *
   * @throws InvalidCalendarException if there are too many, or it is too long
   */
  void add(HolidayEvent event) {
    if (event.last().isBefore(from) || event.first().isAfter(to)) {
      return;
    }
    if (ChronoUnit.DAYS.between(event.first(), event.last()) >= MOST_DATES) {
      throw new InvalidCalendarException(
          "has an event from %s to %s (expected: at most %d days)"
              .formatted(event.first(), event.last(), MOST_DATES));
    }
    if (hoursOfEvents()) {
      for (LocalDate date = event.first(); !date.isAfter(event.last()); date = date.plusDays(1)) {
        int end = event.endMinute(date);
        if (event.startMinute(date) < end) {
          day(date, date, event).minutes().merge(event.startMinute(date), end, Math::max);
        }
      }
    } else {
      day(event.first(), event.last(), event);
    }
  }

  private Day day(LocalDate first, LocalDate last, HolidayEvent event) {
    Day day =
        days.computeIfAbsent(
            new Dates(first, last), dates -> new Day(new TreeSet<>(), new TreeMap<>()));
    if (days.size() > MOST) {
      throw new InvalidCalendarException("brings more than " + MOST + " exceptions");
    }
    day.names().add(event.name());
    return day;
  }

  private boolean hoursOfEvents() {
    return type == ExceptionType.SPECIAL_HOURS && ranges.isEmpty();
  }

  /**
   * The exceptions, sorted by date.
   *
   * @throws InvalidCalendarException if a date has too many ranges
   */
  List<ExceptionDay> exceptions() {
    List<ExceptionDay> exceptions = new ArrayList<>();
    days.forEach(
        (dates, day) ->
            exceptions.add(
                new ExceptionDay(
                    dates.first(),
                    dates.first().equals(dates.last()) ? null : dates.last(),
                    null,
                    null,
                    shorten(String.join(", ", day.names())),
                    type,
                    hoursOfEvents() ? united(dates.first(), day.minutes()) : ranges,
                    action)));
    return exceptions;
  }

  private static List<TimeRange> united(LocalDate date, SortedMap<Integer, Integer> minutes) {
    TreeMap<Integer, Integer> united = new TreeMap<>();
    minutes.forEach(
        (start, end) -> {
          if (united.isEmpty() || united.lastEntry().getValue() < start) {
            united.put(start, end);
          } else {
            united.merge(united.lastKey(), end, Math::max);
          }
        });
    if (united.size() > HolidayCalendarBody.MOST_RANGES) {
      throw new InvalidCalendarException(
          "has %d ranges on %s (expected: at most %d)"
              .formatted(united.size(), date, HolidayCalendarBody.MOST_RANGES));
    }
    return united.entrySet().stream()
        .map(range -> new TimeRange(new TimeOfDay(range.getKey()), new TimeOfDay(range.getValue())))
        .toList();
  }

  private static String shorten(String name) {
    return Text.Validator.fits(name, LONGEST_NAME)
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
  }
}
