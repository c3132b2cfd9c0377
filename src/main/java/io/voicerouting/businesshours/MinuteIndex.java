package io.voicerouting.businesshours;

import static io.voicerouting.businesshours.TimeOfDay.MINUTES_PER_DAY;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds the next open, or the next closed, minute of the wall clock without iterating over days.
 * The results of the search from each weekday and from each special day are precomputed.
 */
final class MinuteIndex {

  /** Result if there is no such minute. */
  static final long NEVER = Long.MAX_VALUE;

  private final boolean open;
  private final DayPlans plans;

  /**
   * Minutes from 00:00 of each weekday to the first match in a week without special days; or NEVER.
   */
  private final long[] fromWeekday = new long[DayOfWeek.values().length];

  /** First match from 00:00 of each special day; or NEVER. */
  private final long[] fromSpecialDay;

  /**
   * Precomputes the searches.
   *
   * @param open true to find open minutes, false to find closed ones
   */
  MinuteIndex(boolean open, DayPlans plans) {
    this.open = open;
    this.plans = plans;
    Arrays.setAll(fromWeekday, this::searchWeek);
    fromSpecialDay = new long[plans.specialDayCount()];
    for (int index = fromSpecialDay.length - 1; index >= 0; index--) {
      fromSpecialDay[index] = findFirstMinute(plans.specialDay(index) * MINUTES_PER_DAY);
    }
  }

  /** Finds the first match at or after a minute, or returns {@link #NEVER}. */
  long findFirstMinute(long from) {
    long day = DayPlans.dayOf(from);
    int index = plans.specialIndexFrom(day);
    boolean special = plans.isSpecial(index, day);
    int found = find(plans.plan(index, day), DayPlans.minuteOfDay(from));
    return found < MINUTES_PER_DAY
        ? day * MINUTES_PER_DAY + found
        : findFirstMinuteOnLaterDay(day + 1, special ? index + 1 : index);
  }

  /**
   * Searches from 00:00 of a day.
   *
   * @param index index of the first special day on or after that day
   */
  private long findFirstMinuteOnLaterDay(long day, int index) {
    long midnight = day * MINUTES_PER_DAY;
    long minutes = fromWeekday[DayPlans.weekdayOf(day)];
    long found = minutes == NEVER ? NEVER : midnight + minutes;
    boolean specialDayComesFirst =
        index < fromSpecialDay.length && plans.specialDay(index) * MINUTES_PER_DAY <= found;
    return specialDayComesFirst ? fromSpecialDay[index] : found;
  }

  private long searchWeek(int weekday) {
    for (int days = 0; days < fromWeekday.length; days++) {
      int found = find(plans.weekPlan((weekday + days) % fromWeekday.length), 0);
      if (found < MINUTES_PER_DAY) {
        return (long) days * MINUTES_PER_DAY + found;
      }
    }
    return NEVER;
  }

  /** The first match of the day at or after a minute of day; 1440 if there is none. */
  private int find(BitSet plan, int from) {
    int found = open ? plan.nextSetBit(from) : plan.nextClearBit(from);
    return found < 0 ? MINUTES_PER_DAY : found;
  }
}
