package io.voicerouting.businesshours;

import io.voicerouting.common.ActionRules;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.TimeZones;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a schedule that involve several members. A range that runs past midnight is checked
 * against the hours of the next day. For a weekday, these are the hours of the next weekday (Monday
 * after Sunday), if both are enabled. For special hours, they are the hours of the weekday that
 * follows the last date, or of every weekday if the exception recurs on a day of the year. If the
 * date that follows has an exception, nothing is checked, because no range continues into such a
 * date.
 */
final class BusinessHoursRules {

  private final BusinessHoursBody request;
  private final List<FieldError> problems = new ArrayList<>();
  private final RangeRules ranges = new RangeRules(problems);
  private final Map<DayOfWeek, List<PlacedRange>> enabledDays = new EnumMap<>(DayOfWeek.class);
  private final ExceptionDateRules dates = new ExceptionDateRules(problems);

  BusinessHoursRules(BusinessHoursBody request) {
    this.request = request;
  }

  /** Checks all rules. Call it once. */
  List<FieldError> check() {
    problems.addAll(TimeZones.check("timezone", request.timezone()));
    checkAction("open_hours_action", request.openHoursAction());
    checkAction("closed_hours_action", request.closedHoursAction());
    if (request.schedule() != null) {
      checkWeek(request.schedule());
    }
    checkExceptions(Objects.requireNonNullElse(request.exceptions(), List.of()));
    return problems;
  }

  private void checkAction(String field, @Nullable CallAction action) {
    problems.addAll(ActionRules.check(field, action));
  }

  private void checkRangeActions(String field, @Nullable List<TimeRangeBody> list) {
    if (list == null || list.size() > TimeRangeBody.MOST) {
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) != null) {
        checkAction(field + "[" + i + "].action", list.get(i).action());
      }
    }
  }

  private void checkWeek(BusinessHoursBody.Week week) {
    for (DayOfWeek weekday : DayOfWeek.values()) {
      BusinessHoursBody.Day day = week.day(weekday);
      if (day != null) {
        List<PlacedRange> placed =
            ranges.checkDay("schedule." + name(weekday) + ".time_ranges", day.timeRanges());
        checkRangeActions("schedule." + name(weekday) + ".time_ranges", day.timeRanges());
        if (Boolean.TRUE.equals(day.enabled())) {
          enabledDays.put(weekday, placed);
        }
      }
    }
    enabledDays.forEach((weekday, placed) -> checkWeekdayTails(placed, weekday.plus(1)));
  }

  private void checkExceptions(List<ExceptionDayBody> exceptions) {
    if (exceptions.size() > BusinessHoursBody.MOST_EXCEPTIONS) {
      return;
    }
    dates.check(exceptions);
    for (int i = 0; i < exceptions.size(); i++) {
      if (exceptions.get(i) != null) {
        checkAction("exceptions[" + i + "].action", exceptions.get(i).action());
        checkException("exceptions[" + i + "].time_ranges", exceptions.get(i));
      }
    }
  }

  private void checkException(String field, ExceptionDayBody exception) {
    List<PlacedRange> placed = ranges.checkDay(field, exception.timeRanges());
    checkRangeActions(field, exception.timeRanges());
    boolean none = exception.timeRanges() == null || exception.timeRanges().isEmpty();
    if (exception.type() == ExceptionType.CLOSED && !none) {
      problems.add(new FieldError(field, "(expected: no ranges on a closed date)"));
    } else if (exception.type() == ExceptionType.SPECIAL_HOURS) {
      if (none) {
        problems.add(new FieldError(field, "(expected: at least one range for special_hours)"));
      } else if (placed.stream().anyMatch(PlacedRange::runsPastMidnight)
          && dates.accepted(exception)) {
        dates.weekdaysAfter(exception).forEach(next -> checkWeekdayTails(placed, next));
      }
    }
  }

  private void checkWeekdayTails(List<PlacedRange> placed, DayOfWeek next) {
    ranges.checkTails(placed, name(next), enabledDays.getOrDefault(next, List.of()));
  }

  private static String name(DayOfWeek weekday) {
    return weekday.name().toLowerCase(Locale.ROOT);
  }
}
