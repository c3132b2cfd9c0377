package io.voicerouting.businesshours;

import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.Year;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which exception of a schedule applies on which date. A dated one takes precedence over a
 * recurring one, and both over imported ones. Among those of one kind, the one with fewer dates
 * takes precedence, then the one that begins later.
 */
final class ExceptionDates {

  private static final MonthDay LEAP_DAY = MonthDay.of(Month.FEBRUARY, 29);

  private static final Comparator<ExceptionDay> PRECEDENCE =
      Comparator.comparing(
              ExceptionDay::recurrence,
              Comparator.nullsFirst(Comparator.<ExceptionRecurrence>naturalOrder()))
          .thenComparingLong(ExceptionDates::length)
          .thenComparing(ExceptionDay::date, Comparator.reverseOrder());

  /** Sorted by precedence; the exception that precedes all others is last. */
  private final List<ExceptionDay> ascending;

  /**
   * @param typed as written by people and other applications
   * @param imported as imported by holiday calendars
   */
  ExceptionDates(List<ExceptionDay> typed, List<ExceptionDay> imported) {
    ascending =
        Stream.concat(typed.stream().sorted(PRECEDENCE), imported.stream().sorted(PRECEDENCE))
            .toList()
            .reversed();
  }

  /**
   * Passes the exceptions that apply from the first to the last of the given days to a consumer,
   * with their days. A day that several exceptions have is passed with each; the last one applies.
   */
  void forEach(long firstDay, long lastDay, BiConsumer<Long, ExceptionDay> consumer) {
    for (ExceptionDay exception : ascending) {
      new Occurrences(exception, firstDay, lastDay, consumer).pass();
    }
  }

  /** The exception that applies on a date; null if there is none. */
  @Nullable ExceptionDay on(LocalDate date) {
    Map<Long, ExceptionDay> found = new HashMap<>();
    forEach(date.toEpochDay(), date.toEpochDay(), found::put);
    return found.get(date.toEpochDay());
  }

  private static long length(ExceptionDay exception) {
    return ChronoUnit.DAYS.between(exception.date(), exception.lastDate());
  }

  /** The dates of one exception between two days. */
  private record Occurrences(
      ExceptionDay exception,
      long firstDay,
      long lastDay,
      BiConsumer<Long, ExceptionDay> consumer) {

    void pass() {
      ExceptionRecurrence recurrence = exception.recurrence();
      if (recurrence == null) {
        passDates(exception.date(), exception.lastDate());
        return;
      }
      int first = exception.date().getYear();
      int yearBefore = LocalDate.ofEpochDay(firstDay).getYear() - 1; // it may end a year later
      int last = LocalDate.ofEpochDay(lastDay).getYear();
      for (int year = Math.max(first, yearBefore); year <= last; year++) {
        switch (recurrence) {
          case YEARLY -> passYear(year);
          case YEARLY_WEEKDAY -> passWeekday(year);
        }
      }
    }

    private void passYear(int year) {
      MonthDay start = MonthDay.from(exception.date());
      MonthDay end = MonthDay.from(exception.lastDate());
      int endYear = year + exception.lastDate().getYear() - exception.date().getYear();
      LocalDate firstDate = // 29 February is left out, not moved
          start.equals(LEAP_DAY) && !Year.isLeap(year)
              ? LocalDate.of(year, Month.MARCH, 1)
              : start.atYear(year);
      passDates(firstDate, end.atYear(endYear)); // atYear gives 28 February
    }

    private void passWeekday(int year) {
      LocalDate date =
          Objects.requireNonNull(exception.weekOfMonth())
              .find(
                  YearMonth.of(year, exception.date().getMonth()), exception.date().getDayOfWeek());
      passDates(date, date.plusDays(length(exception)));
    }

    private void passDates(LocalDate first, LocalDate last) {
      long end = Math.min(last.toEpochDay(), lastDay);
      for (long day = Math.max(first.toEpochDay(), firstDay); day <= end; day++) {
        consumer.accept(day, exception);
      }
    }
  }
}
