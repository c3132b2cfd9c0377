package io.voicerouting.businesshours;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Applies a draft to rows and changes only those that differ. Days are matched by weekday,
 * exceptions by {@link ExceptionKey}, ranges by their content. A row is never replaced by a new one
 * with the same key: Hibernate inserts before it deletes, which would violate a unique constraint.
 * Imported exceptions stay.
 */
final class BusinessHoursMerge {

  private BusinessHoursMerge() {}

  /** Applies the draft to the schedule's own columns. */
  static void mergeColumns(BusinessHoursDraft draft, BusinessHoursSchedule schedule) {
    schedule.setName(draft.name());
    schedule.setStatus(draft.status());
    schedule.setScope(draft.scope());
    schedule.setTimezone(draft.timezone());
    schedule.setOpenHoursAction(draft.openHoursAction());
    schedule.setClosedHoursAction(draft.closedHoursAction());
  }

  /** Applies the draft to days, exceptions and their ranges, which are loaded. */
  static void mergeNestedRows(BusinessHoursDraft draft, BusinessHoursSchedule schedule) {
    Map<DayOfWeek, BusinessHoursScheduleDay> days =
        schedule.getDays().stream()
            .collect(Collectors.toMap(BusinessHoursScheduleDay::getDayOfWeek, Function.identity()));
    for (DayOfWeek weekday : DayOfWeek.values()) {
      BusinessHoursScheduleDay row = days.get(weekday);
      mergeDay(draft.schedule().day(weekday), row == null ? schedule.addDay(weekday) : row);
    }
    mergeExceptions(draft.exceptions(), schedule);
  }

  private static void mergeDay(DaySchedule wanted, BusinessHoursScheduleDay row) {
    row.setEnabled(wanted.enabled());
    mergeRanges(wanted.timeRanges(), row);
  }

  private static void mergeExceptions(List<ExceptionDay> wanted, BusinessHoursSchedule schedule) {
    Map<ExceptionKey, BusinessHoursException> surplus = new HashMap<>();
    for (BusinessHoursException row : schedule.getExceptions()) {
      if (row.getOrigin() == ExceptionOrigin.TYPED) {
        surplus.put(ExceptionKey.of(row), row);
      }
    }
    for (ExceptionDay exception : wanted) {
      ExceptionKey key = ExceptionKey.of(exception);
      BusinessHoursException row = surplus.remove(key);
      mergeException(exception, row == null ? schedule.addException(key) : row);
    }
    schedule.getExceptions().removeAll(surplus.values());
  }

  private static void mergeException(ExceptionDay wanted, BusinessHoursException row) {
    row.setWeekOfMonth(wanted.weekOfMonth());
    row.setName(wanted.name());
    row.setType(wanted.type());
    row.setAction(wanted.action());
    mergeRanges(wanted.timeRanges(), row);
  }

  /** Ranges have no unique key, so a surplus row is reused for a missing range. */
  private static <R extends RangeRow> void mergeRanges(
      List<TimeRange> wanted, RangeOwner<R> owner) {
    List<TimeRange> missing = new ArrayList<>(wanted);
    List<R> surplus = new ArrayList<>();
    for (R row : owner.getTimeRanges()) {
      if (!missing.remove(row.getRange())) {
        surplus.add(row);
      }
    }
    for (TimeRange range : missing) {
      if (surplus.isEmpty()) {
        owner.addRange(range);
      } else {
        surplus.removeLast().setRange(range);
      }
    }
    surplus.forEach(owner.getTimeRanges()::remove);
  }
}
