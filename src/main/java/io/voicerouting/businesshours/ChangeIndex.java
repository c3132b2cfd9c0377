package io.voicerouting.businesshours;

import static io.voicerouting.businesshours.TimeOfDay.MINUTES_PER_DAY;

import java.time.DayOfWeek;
import java.util.Arrays;

/**
 * Finds the next minute of the wall clock with another value without iterating over days. The
 * results of the search from 00:00 of each weekday and of each special day are precomputed.
 */
final class ChangeIndex {

  /** Result if there is no such minute. */
  static final long NEVER = Long.MAX_VALUE;

  private final DayPlans plans;

  /**
   * Minutes from 00:00 of each weekday to the first minute with another value than 00:00, in a week
   * without special days; or NEVER.
   */
  private final long[] fromWeekday = new long[DayOfWeek.values().length];

  /** First minute after 00:00 of each special day with another value than 00:00; or NEVER. */
  private final long[] fromSpecialDay;

  ChangeIndex(DayPlans plans) {
    this.plans = plans;
    Arrays.setAll(fromWeekday, this::searchWeek);
    fromSpecialDay = new long[plans.specialDayCount()];
    for (int index = fromSpecialDay.length - 1; index >= 0; index--) {
      fromSpecialDay[index] = findChange(plans.specialDay(index) * MINUTES_PER_DAY);
    }
  }

  int valueAt(long minute) {
    return plans.valueAt(minute);
  }

  /** Finds the first later minute with another value, or returns {@link #NEVER}. */
  long findChange(long from) {
    long day = DayPlans.dayOf(from);
    int index = plans.specialIndexFrom(day);
    DayPlan plan = plans.plan(index, day);
    int change = plan.nextChange(DayPlans.minuteOfDay(from));
    return change < MINUTES_PER_DAY
        ? day * MINUTES_PER_DAY + change
        : findChangeOnLaterDay(
            plan.lastValue(), day + 1, plans.isSpecial(index, day) ? index + 1 : index);
  }

  /**
   * Searches from 00:00 of a day.
   *
   * @param value the value until then
   * @param index index of the first special day on or after that day
   */
  private long findChangeOnLaterDay(int value, long day, int index) {
    long midnight = day * MINUTES_PER_DAY;
    if (plans.plan(index, day).firstValue() != value) {
      return midnight;
    }
    if (plans.isSpecial(index, day)) {
      return fromSpecialDay[index];
    }
    long minutes = fromWeekday[DayPlans.weekdayOf(day)];
    long found = minutes == NEVER ? NEVER : midnight + minutes;
    boolean specialDayComesFirst =
        index < fromSpecialDay.length && plans.specialDay(index) * MINUTES_PER_DAY <= found;
    return specialDayComesFirst
        ? findChangeOnLaterDay(value, plans.specialDay(index), index)
        : found;
  }

  private long searchWeek(int weekday) {
    int value = plans.weekPlan(weekday).firstValue();
    for (int days = 0; days <= fromWeekday.length; days++) {
      DayPlan plan = plans.weekPlan((weekday + days) % fromWeekday.length);
      int change = plan.firstValue() == value ? plan.nextChange(0) : 0;
      if (change < MINUTES_PER_DAY) {
        return (long) days * MINUTES_PER_DAY + change;
      }
    }
    return NEVER;
  }
}
