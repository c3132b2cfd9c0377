package io.voicerouting.businesshours;

import static io.voicerouting.businesshours.TimeOfDay.MINUTES_PER_DAY;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds the next open minute of the wall clock, or the next closed one, without walking days: where
 * the search leads from each weekday and from each special day is worked out once.
 */
final class MinuteIndex {

  /** The minute of what does not happen. */
  static final long NEVER = Long.MAX_VALUE;

  private final boolean open;
  private final DayPlans plans;

  /** From 00:00 of each weekday, minutes to the first one found in the bare week; or NEVER. */
  private final long[] fromWeekday = new long[DayOfWeek.values().length];

  /** From 00:00 of each special day, the first minute found; or NEVER. */
  private final long[] fromSpecialDay;

  /**
   * Prepares the searches.
   *
   * @param open whether to find open minutes, rather than closed ones
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

  /** The first minute at or after the given one, or {@link #NEVER}. */
  long findFirstMinute(long from) {
    long day = DayPlans.dayOf(from);
    int index = plans.specialIndexFrom(day);
    boolean special = plans.isSpecial(index, day);
    int found = find(plans.plan(index, day), DayPlans.minuteOfDay(from));
    return found < MINUTES_PER_DAY
        ? day * MINUTES_PER_DAY + found
        : findFirstMinuteOnLaterDay(day + 1, special ? index + 1 : index);
  }

  /** Searches from 00:00 of a day; the index is that of the first special day from there. */
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

  /** The first minute of the day at or after the given one; 1440 or more when there is none. */
  private int find(BitSet plan, int from) {
    int found = open ? plan.nextSetBit(from) : plan.nextClearBit(from);
    return found < 0 ? MINUTES_PER_DAY : found;
  }
}
