package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;

/** A week of a month, as in "the fourth Thursday of November". */
public enum WeekOfMonth {
  /** Days 1 to 7. */
  FIRST("first", 1),
  /** Days 8 to 14. */
  SECOND("second", 2),
  /** Days 15 to 21. */
  THIRD("third", 3),
  /** Days 22 to 28. */
  FOURTH("fourth", 4),
  /** The last seven days. */
  LAST("last", -1);

  @EnumeratedValue private final String code;

  /** As {@link TemporalAdjusters#dayOfWeekInMonth} counts: -1 is the last one. */
  private final int number;

  WeekOfMonth(String code, int number) {
    this.code = code;
    this.number = number;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }

  /** The weekday of this week of a month. */
  LocalDate find(YearMonth month, DayOfWeek weekday) {
    return month.atDay(1).with(TemporalAdjusters.dayOfWeekInMonth(number, weekday));
  }

  /** Whether a date lies in this week of its month. */
  boolean contains(LocalDate date) {
    return find(YearMonth.from(date), date.getDayOfWeek()).equals(date);
  }
}
