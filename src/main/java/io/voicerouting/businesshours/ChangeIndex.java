package io.voicerouting.businesshours;

import static io.voicerouting.businesshours.TimeOfDay.MINUTES_PER_DAY;

import java.time.DayOfWeek;

/**
 * Finds the next minute of the wall clock with another value without iterating over days. The
 * results of the search from 00:00 of a weekday and of a special day are kept. Several threads may
 * search at once, and find the same.
 */
final class ChangeIndex {

  /** Result if there is no such minute. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int UNKNOWN = 0;
  private static final int NONE = -1;

  /** Most special days that one search looks at after the other. */
  private static final int DEPTH = 50;

  private final DayPlans plans;

  /**
   * Minutes from 00:00 of each weekday to the first minute with another value than 00:00, in a week
   * without special days; NONE if there is none, or UNKNOWN.
   */
  private final int[] fromWeekday = new int[DayOfWeek.values().length];

  /** The same from 00:00 of each special day. */
  private final int[] fromSpecialDay;

  ChangeIndex(DayPlans plans) {
    this.plans = plans;
    this.fromSpecialDay = new int[plans.specialDayCount()];
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
      return after(midnight, fromSpecialDay(index));
    }
    long found = after(midnight, fromWeekday(DayPlans.weekdayOf(day)));
    boolean specialDayComesFirst =
        index < fromSpecialDay.length && plans.specialDay(index) * MINUTES_PER_DAY <= found;
    return specialDayComesFirst
        ? findChangeOnLaterDay(value, plans.specialDay(index), index)
        : found;
  }

  private static long after(long midnight, int minutes) {
    return minutes == NONE ? NEVER : midnight + minutes;
  }

  /**
   * Calls itself for later special days: for some far ones first, so that calls do not nest deep.
   */
  private int fromSpecialDay(int index) {
    int minutes = fromSpecialDay[index];
    if (minutes == UNKNOWN) {
      int later = fromSpecialDay.length - 1 - (fromSpecialDay.length - 1 - index) % DEPTH;
      for (; later > index; later -= DEPTH) {
        fromSpecialDay(later);
      }
      long midnight = plans.specialDay(index) * MINUTES_PER_DAY;
      long change = findChange(midnight);
      minutes = change == NEVER ? NONE : (int) (change - midnight);
      fromSpecialDay[index] = minutes;
    }
    return minutes;
  }

  private int fromWeekday(int weekday) {
    int minutes = fromWeekday[weekday];
    if (minutes == UNKNOWN) {
      minutes = searchWeek(weekday);
      fromWeekday[weekday] = minutes;
    }
    return minutes;
  }

  private int searchWeek(int weekday) {
    int value = plans.weekPlan(weekday).firstValue();
    for (int days = 0; days <= fromWeekday.length; days++) {
      DayPlan plan = plans.weekPlan((weekday + days) % fromWeekday.length);
      int change = plan.firstValue() == value ? plan.nextChange(0) : 0;
      if (change < MINUTES_PER_DAY) {
        return days * MINUTES_PER_DAY + change;
      }
    }
    return NONE;
  }
}
