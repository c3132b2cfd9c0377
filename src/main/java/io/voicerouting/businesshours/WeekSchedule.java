package io.voicerouting.businesshours;

import java.time.DayOfWeek;

/** The hours of each weekday. */
public record WeekSchedule(
    DaySchedule monday,
    DaySchedule tuesday,
    DaySchedule wednesday,
    DaySchedule thursday,
    DaySchedule friday,
    DaySchedule saturday,
    DaySchedule sunday) {

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
