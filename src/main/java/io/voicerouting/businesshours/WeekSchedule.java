package io.voicerouting.businesshours;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DayOfWeek;
import java.util.function.Function;

/** The hours of each weekday. */
@Schema(description = "Hours of each weekday")
public record WeekSchedule(
    DaySchedule monday,
    DaySchedule tuesday,
    DaySchedule wednesday,
    DaySchedule thursday,
    DaySchedule friday,
    DaySchedule saturday,
    DaySchedule sunday) {

  /** Collects the hours of the seven weekdays. */
  static WeekSchedule of(Function<DayOfWeek, DaySchedule> hours) {
    return new WeekSchedule(
        hours.apply(DayOfWeek.MONDAY),
        hours.apply(DayOfWeek.TUESDAY),
        hours.apply(DayOfWeek.WEDNESDAY),
        hours.apply(DayOfWeek.THURSDAY),
        hours.apply(DayOfWeek.FRIDAY),
        hours.apply(DayOfWeek.SATURDAY),
        hours.apply(DayOfWeek.SUNDAY));
  }

  /** The hours of one weekday. */
  public DaySchedule day(DayOfWeek day) {
    return switch (day) {
      case MONDAY -> monday;
      case TUESDAY -> tuesday;
      case WEDNESDAY -> wednesday;
      case THURSDAY -> thursday;
      case FRIDAY -> friday;
      case SATURDAY -> saturday;
      case SUNDAY -> sunday;
    };
  }
}
