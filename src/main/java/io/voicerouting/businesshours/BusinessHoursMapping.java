package io.voicerouting.businesshours;

import java.time.DayOfWeek;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Maps rows to documents. Incomplete rows of other applications still give a complete document: a
 * weekday without a row is disabled, and ranges may overlap or be missing.
 */
final class BusinessHoursMapping {

  private static final Comparator<TimeRange> BY_TIME =
      Comparator.comparing(TimeRange::startTime).thenComparing(TimeRange::endTime);

  private BusinessHoursMapping() {}

  /** Maps a schedule whose nested rows are loaded. The effective zone stays null. */
  static BusinessHoursView toView(BusinessHoursSchedule schedule) {
    return new BusinessHoursView(
        schedule.getId(),
        schedule.getVersion(),
        schedule.getCreatedAt(),
        schedule.getUpdatedAt(),
        schedule.getOrganizationId(),
        schedule.getName(),
        schedule.getStatus(),
        schedule.getScope(),
        schedule.getTimezone(),
        null,
        schedule.getOpenHoursAction(),
        schedule.getClosedHoursAction(),
        week(schedule.getDays()),
        exceptions(schedule, ExceptionOrigin.TYPED),
        exceptions(schedule, ExceptionOrigin.IMPORTED),
        null);
  }

  private static WeekSchedule week(Set<BusinessHoursScheduleDay> rows) {
    Map<DayOfWeek, DaySchedule> days =
        rows.stream()
            .collect(
                Collectors.toMap(
                    BusinessHoursScheduleDay::getDayOfWeek,
                    row -> new DaySchedule(row.isEnabled(), ranges(row))));
    return WeekSchedule.of(day -> days.getOrDefault(day, DaySchedule.DISABLED));
  }

  private static List<ExceptionDay> exceptions(
      BusinessHoursSchedule schedule, ExceptionOrigin origin) {
    return schedule.getExceptions().stream()
        .filter(row -> row.getOrigin() == origin)
        .sorted(Comparator.comparingLong(BusinessHoursException::getId))
        .map(BusinessHoursMapping::exception)
        .sorted(ExceptionDay.BY_DATE)
        .toList();
  }

  /** Maps a row whose ranges are loaded. */
  static ExceptionDay exception(BusinessHoursException row) {
    return new ExceptionDay(
        row.getDate(),
        row.getEndDate(),
        row.getRecurrence(),
        row.getWeekOfMonth(),
        row.getName(),
        row.getType(),
        ranges(row),
        row.getAction());
  }

  private static List<TimeRange> ranges(RangeOwner<?> owner) {
    return owner.getTimeRanges().stream()
        .sorted(
            Comparator.comparing(RangeRow::getRange, BY_TIME).thenComparingLong(RangeRow::getId))
        .map(RangeRow::getRange)
        .toList();
  }

  /** Sorts ranges by start, then by end. */
  static List<TimeRange> sort(List<TimeRange> ranges) {
    return ranges.stream().sorted(BY_TIME).toList();
  }
}
