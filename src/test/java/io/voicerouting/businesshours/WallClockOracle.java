package io.voicerouting.businesshours;

import io.voicerouting.common.CallAction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A slow, obvious implementation of business hours: it precomputes nothing and iterates over the
 * stored rows.
 */
public final class WallClockOracle {

  private final BusinessHoursView view;
  private final ZoneId zone;

  /** Creates the oracle of a schedule with a valid effective zone. */
  public WallClockOracle(BusinessHoursView view) {
    this.view = view;
    this.zone = ZoneId.of(String.valueOf(view.effectiveTimezone()));
  }

  /**
   * What decides at an instant.
   *
   * @param range null if none covers it
   */
  private record Decisive(LocalDate date, @Nullable TimeRange range) {}

  /** Whether the schedule is open. */
  public boolean isOpen(Instant instant) {
    return decisive(instant).range() != null;
  }

  /** The action of the range, else of the exception, else of the schedule. */
  public CallAction action(Instant instant) {
    Decisive decisive = decisive(instant);
    TimeRange range = decisive.range();
    if (range != null && range.action() != null) {
      return range.action();
    }
    CallAction ofException =
        exceptionOn(decisive.date()).map(exception -> exception.action()).orElse(null);
    if (ofException != null) {
      return ofException;
    }
    return range == null ? view.closedHoursAction() : view.openHoursAction();
  }

  /** The covering range that started first, or else the date's exception. */
  @Nullable BusinessHoursMatch match(Instant instant) {
    Decisive decisive = decisive(instant);
    Optional<ExceptionDay> exception = exceptionOn(decisive.date());
    TimeRange range = decisive.range();
    if (range == null && exception.isEmpty()) {
      return null;
    }
    return new BusinessHoursMatch(
        exception.isPresent() ? BusinessHoursMatch.Kind.EXCEPTION : BusinessHoursMatch.Kind.WEEKLY,
        decisive.date(),
        exception.map(ExceptionDay::name).orElse(null),
        range == null ? null : range.startTime(),
        range == null ? null : range.endTime());
  }

  /** The covering range that started first and its date, or else the local date. */
  private Decisive decisive(Instant instant) {
    LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
    LocalDate today = local.toLocalDate();
    LocalDate yesterday = today.minusDays(1);
    int minute = local.getHour() * 60 + local.getMinute();
    Optional<TimeRange> tail =
        exceptionOn(today).isPresent()
            ? Optional.empty()
            : first(rangesOf(yesterday), (start, end) -> end <= start && minute < end);
    if (tail.isPresent()) {
      return new Decisive(yesterday, tail.get());
    }
    return new Decisive(
        today,
        first(rangesOf(today), (start, end) -> start <= minute && (minute < end || end <= start))
            .orElse(null));
  }

  private static Optional<TimeRange> first(
      List<TimeRange> ranges, BiPredicate<Integer, Integer> covering) {
    TimeRange first = null;
    for (TimeRange range : ranges) {
      if (covering.test(range.startTime().minute(), range.endTime().minute())
          && (first == null || range.startTime().compareTo(first.startTime()) < 0)) {
        first = range;
      }
    }
    return Optional.ofNullable(first);
  }

  /**
   * The next instant at which the local time shows another minute; the next second if the offset
   * may change before.
   */
  public Instant step(Instant instant) {
    Instant second = instant.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    ZonedDateTime local = instant.atZone(zone);
    Instant minute = second.plusSeconds(59L - local.getSecond());
    boolean sameOffset = zone.getRules().getOffset(minute).equals(local.getOffset());
    return sameOffset ? minute : second;
  }

  private List<TimeRange> rangesOf(LocalDate date) {
    Optional<ExceptionDay> exception = exceptionOn(date);
    if (exception.isPresent()) {
      return exception.get().type() == ExceptionType.CLOSED
          ? List.of()
          : exception.get().timeRanges();
    }
    DaySchedule day = view.schedule().day(date.getDayOfWeek());
    return day.enabled() ? day.timeRanges() : List.of();
  }

  private Optional<ExceptionDay> exceptionOn(LocalDate date) {
    Optional<ExceptionDay> typed = preceding(view.exceptions(), date);
    return typed.isPresent() ? typed : preceding(view.importedExceptions(), date);
  }

  private static Optional<ExceptionDay> preceding(List<ExceptionDay> exceptions, LocalDate date) {
    ExceptionDay found = null;
    for (ExceptionDay exception : exceptions) {
      if (covers(exception, date) && (found == null || precedes(exception, found))) {
        found = exception;
      }
    }
    return Optional.ofNullable(found);
  }

  private static boolean precedes(ExceptionDay one, ExceptionDay other) {
    if (one.recurrence() != other.recurrence()) {
      return one.recurrence() == null
          || (one.recurrence() == ExceptionRecurrence.YEARLY && other.recurrence() != null);
    }
    long days = days(one);
    return days < days(other) || (days == days(other) && one.date().isAfter(other.date()));
  }

  /** Days after the first one. */
  private static long days(ExceptionDay exception) {
    LocalDate end = exception.endDate();
    return end == null ? 0 : ChronoUnit.DAYS.between(exception.date(), end);
  }

  private static boolean covers(ExceptionDay exception, LocalDate date) {
    LocalDate start = exception.date();
    if (date.isBefore(start)) {
      return false;
    }
    LocalDate end = start.plusDays(days(exception));
    return switch (exception.recurrence()) {
      case null -> !date.isAfter(end);
      case YEARLY -> {
        boolean afterStart = MonthDay.from(date).compareTo(MonthDay.from(start)) >= 0;
        boolean beforeEnd = MonthDay.from(date).compareTo(MonthDay.from(end)) <= 0;
        yield start.getYear() == end.getYear() ? afterStart && beforeEnd : afterStart || beforeEnd;
      }
      case YEARLY_WEEKDAY -> {
        LocalDate first = date.minusDays(days(exception));
        yield first
            .datesUntil(date.plusDays(1))
            .anyMatch(day -> !day.isBefore(start) && isSameWeekday(exception, day));
      }
    };
  }

  private static boolean isSameWeekday(ExceptionDay exception, LocalDate date) {
    int week = (date.getDayOfMonth() - 1) / 7;
    boolean inWeek =
        exception.weekOfMonth() == WeekOfMonth.LAST
            ? date.plusDays(7).getMonth() != date.getMonth()
            : List.of(WeekOfMonth.values()).indexOf(exception.weekOfMonth()) == week;
    return inWeek
        && date.getMonth() == exception.date().getMonth()
        && date.getDayOfWeek() == exception.date().getDayOfWeek();
  }
}
