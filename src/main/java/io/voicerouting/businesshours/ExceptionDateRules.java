package io.voicerouting.businesshours;

import io.voicerouting.common.FieldError;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules for the dates of a request's exceptions. */
final class ExceptionDateRules {

  private static final int LAST_YEAR = 9999;
  private static final int MOST_DATES = 366;

  private final List<FieldError> problems;
  private final Map<ExceptionKey, Integer> valid = new HashMap<>();
  private @Nullable ExceptionDates dates;

  /**
   * Creates the rules.
   *
   * @param problems receives the errors
   */
  ExceptionDateRules(List<FieldError> problems) {
    this.problems = problems;
  }

  /** Checks the dates of each exception, and that no two have the same. Call it once. */
  void check(List<ExceptionDayBody> exceptions) {
    for (int i = 0; i < exceptions.size(); i++) {
      ExceptionDayBody exception = exceptions.get(i);
      if (exception != null && exception.date() != null) {
        check("exceptions[" + i + "]", exception, i);
      }
    }
    dates =
        new ExceptionDates(
            valid.values().stream().map(index -> exceptions.get(index).toDates()).toList(),
            List.of());
  }

  /** Whether {@link #check} accepted the dates of an exception. */
  boolean accepted(ExceptionDayBody exception) {
    return exception.date() != null && valid.containsKey(ExceptionKey.of(exception.toDates()));
  }

  /**
   * The weekdays whose hours may apply on the date after an exception with accepted dates: none if
   * that date has an exception; every weekday if the exception recurs on a day of the year.
   */
  Set<DayOfWeek> weekdaysAfter(ExceptionDayBody exception) {
    LocalDate next = exception.toDates().lastDate().plusDays(1);
    if (dates == null || dates.on(next) != null) {
      return Set.of();
    }
    return exception.recurrence() == ExceptionRecurrence.YEARLY
        ? EnumSet.allOf(DayOfWeek.class)
        : Set.of(next.getDayOfWeek());
  }

  private void check(String field, ExceptionDayBody exception, int index) {
    int before = problems.size();
    checkYear(field + ".date", exception.date());
    if (exception.endDate() != null) {
      checkYear(field + ".end_date", exception.endDate());
    }
    if (problems.size() > before) {
      return;
    }
    checkEnd(field + ".end_date", exception);
    checkWeek(field + ".week_of_month", exception);
    if (problems.size() == before) {
      Integer first = valid.putIfAbsent(ExceptionKey.of(exception.toDates()), index);
      if (first != null) {
        refuse(
            field + ".date",
            exception.date(),
            "each date once; exceptions[" + first + "] has the same");
      }
    }
  }

  private void checkYear(String field, LocalDate date) {
    if (date.getYear() < 1 || date.getYear() > LAST_YEAR) {
      refuse(field, date, "a year from 0001 to " + LAST_YEAR);
    }
  }

  private void checkEnd(String field, ExceptionDayBody exception) {
    LocalDate end = exception.toDates().lastDate();
    if (end.isBefore(exception.date())) {
      refuse(field, end, "not before the date " + exception.date());
    } else if (ChronoUnit.DAYS.between(exception.date(), end) >= MOST_DATES) {
      refuse(field, end, "at most " + MOST_DATES + " dates from " + exception.date() + " on");
    }
  }

  private void checkWeek(String field, ExceptionDayBody exception) {
    WeekOfMonth week = exception.weekOfMonth();
    boolean byWeekday = exception.recurrence() == ExceptionRecurrence.YEARLY_WEEKDAY;
    if (week == null && byWeekday) {
      problems.add(
          new FieldError(
              field, "(expected: " + weeksOf(exception.date()) + ", as it recurs by weekday)"));
    } else if (week != null && !byWeekday) {
      refuse(field, week.code(), "none unless recurrence is yearly_weekday");
    } else if (week != null && !week.contains(exception.date())) {
      refuse(field, week.code(), weeksOf(exception.date()) + ", which has " + exception.date());
    }
  }

  private static String weeksOf(LocalDate date) {
    return Arrays.stream(WeekOfMonth.values())
        .filter(week -> week.contains(date))
        .map(WeekOfMonth::code)
        .collect(Collectors.joining(" or "));
  }

  private void refuse(String field, Object value, String expected) {
    problems.add(FieldError.unexpected(field, value, expected));
  }
}
