package io.voicerouting.businesshours;

import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallActionType;
import io.voicerouting.common.CallOverride;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds schedules for tests: {@code weekdays("09:00-17:00")}. A range may have an action, which is
 * a mailbox: {@code "12:00-13:00 lunch"}.
 */
public final class Schedules {

  private final Map<DayOfWeek, DaySchedule> days = new EnumMap<>(DayOfWeek.class);
  private final List<ExceptionDay> exceptions = new ArrayList<>();
  private final List<ExceptionDay> imported = new ArrayList<>();
  private final List<CallOverride> overrides = new ArrayList<>();
  private @Nullable String zone;
  private CallAction openAction = new CallAction(CallActionType.RING_GROUP, "sales");
  private CallAction closedAction = new CallAction(CallActionType.VOICEMAIL, "office");

  private Schedules(@Nullable String zone) {
    this.zone = zone;
  }

  /** A schedule without hours. */
  public static Schedules in(@Nullable String zone) {
    return new Schedules(zone);
  }

  /** Sets the ranges of one weekday. */
  public Schedules on(DayOfWeek day, String... ranges) {
    days.put(day, new DaySchedule(true, ranges(ranges)));
    return this;
  }

  /** Sets the ranges of Monday to Friday. */
  public Schedules weekdays(String... ranges) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.getValue() <= DayOfWeek.FRIDAY.getValue()) {
        on(day, ranges);
      }
    }
    return this;
  }

  /** Sets the ranges of all days. */
  public Schedules everyDay(String... ranges) {
    for (DayOfWeek day : DayOfWeek.values()) {
      on(day, ranges);
    }
    return this;
  }

  /** Disables a weekday and keeps its ranges. */
  public Schedules disabled(DayOfWeek day, String... ranges) {
    days.put(day, new DaySchedule(false, ranges(ranges)));
    return this;
  }

  /** Adds an exception: closed without ranges, otherwise special hours. */
  public Schedules except(String date, String... ranges) {
    return except(
        LocalDate.parse(date),
        ranges.length == 0 ? ExceptionType.CLOSED : ExceptionType.SPECIAL_HOURS,
        ranges);
  }

  /** Adds an exception of any kind. */
  public Schedules except(LocalDate date, ExceptionType type, String... ranges) {
    exceptions.add(new ExceptionDay(date, "Day " + date, type, ranges(ranges)));
    return this;
  }

  /** Adds an exception with an action of its own. */
  public Schedules except(
      String date, ExceptionType type, @Nullable CallAction action, String... ranges) {
    LocalDate only = LocalDate.parse(date);
    return except(
        new ExceptionDay(only, null, null, null, "Day " + date, type, ranges(ranges), action));
  }

  /** Adds an exception that is closed, or without {@code closed} open all day. */
  public Schedules except(
      boolean closed,
      String date,
      @Nullable String endDate,
      @Nullable ExceptionRecurrence recurrence,
      @Nullable WeekOfMonth week) {
    return except(exception(closed, date, endDate, recurrence, week));
  }

  /** Adds any exception. */
  public Schedules except(ExceptionDay exception) {
    exceptions.add(exception);
    return this;
  }

  /** Adds an imported exception. */
  public Schedules imported(ExceptionDay exception) {
    imported.add(exception);
    return this;
  }

  /** An exception that is closed, or open all day. */
  public static ExceptionDay exception(
      boolean closed,
      String date,
      @Nullable String endDate,
      @Nullable ExceptionRecurrence recurrence,
      @Nullable WeekOfMonth week) {
    return new ExceptionDay(
        LocalDate.parse(date),
        endDate == null ? null : LocalDate.parse(endDate),
        recurrence,
        week,
        "Day " + date,
        closed ? ExceptionType.CLOSED : ExceptionType.SPECIAL_HOURS,
        closed ? List.of() : ranges("00:00-24:00"),
        null);
  }

  /** Adds an override. */
  public Schedules override(CallOverride override) {
    overrides.add(override);
    return this;
  }

  /** Sets the action while open. */
  public Schedules whenOpen(CallActionType type, String target) {
    openAction = new CallAction(type, target);
    return this;
  }

  /** Sets the action while closed. */
  public Schedules whenClosed(CallActionType type, String target) {
    closedAction = new CallAction(type, target);
    return this;
  }

  /** The schedule, with id 7 and organization 42. */
  public BusinessHoursView view() {
    return new BusinessHoursView(
        7,
        0,
        Instant.EPOCH,
        Instant.EPOCH,
        42,
        "Office",
        BusinessHoursStatus.ACTIVE,
        BusinessHoursScope.ORGANIZATION,
        null,
        zone,
        openAction,
        closedAction,
        new WeekSchedule(
            day(DayOfWeek.MONDAY),
            day(DayOfWeek.TUESDAY),
            day(DayOfWeek.WEDNESDAY),
            day(DayOfWeek.THURSDAY),
            day(DayOfWeek.FRIDAY),
            day(DayOfWeek.SATURDAY),
            day(DayOfWeek.SUNDAY)),
        exceptions,
        imported,
        overrides);
  }

  /** The calendar of the schedule. */
  public BusinessHoursCalendar calendar() {
    return BusinessHoursCalendar.of(view());
  }

  private DaySchedule day(DayOfWeek day) {
    return days.getOrDefault(day, DaySchedule.DISABLED);
  }

  /** An action that records a message. */
  public static CallAction mailbox(String id) {
    return new CallAction(CallActionType.VOICEMAIL, id);
  }

  static List<TimeRange> ranges(String... ranges) {
    return Arrays.stream(ranges)
        .map(
            range ->
                new TimeRange(
                    TimeOfDay.parse(range.substring(0, 5)),
                    TimeOfDay.parse(range.substring(6, 11)),
                    range.length() == 11 ? null : mailbox(range.substring(12))))
        .toList();
  }
}
