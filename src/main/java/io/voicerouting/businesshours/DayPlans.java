package io.voicerouting.businesshours;

import static io.voicerouting.businesshours.TimeOfDay.MINUTES_PER_DAY;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The values of the minutes of every date: a plan for each weekday, and one for each
 * <em>special</em> day, which is an exception or the day after one. Days and minutes are counted
 * from 1970-01-01T00:00. A plan is created when it is first needed; several threads may do that at
 * once, and each sees a whole plan, because plans are immutable.
 */
final class DayPlans {

  private static final int DAYS_PER_WEEK = DayOfWeek.values().length;
  private static final int WEEKDAY_OF_EPOCH = DayOfWeek.THURSDAY.getValue() - 1;

  private final IntFunction<DayPlan> weekPlan;
  private final @Nullable DayPlan[] weekPlans = new DayPlan[DAYS_PER_WEEK];
  private final long[] specialDays;
  private final LongFunction<DayPlan> specialPlan;
  private final @Nullable DayPlan[] specialPlans;

  /**
   * @param weekPlan creates the plan of a weekday, where Monday is 0
   * @param specialDays ascending, without duplicates
   * @param specialPlan creates the plan of a special day
   */
  DayPlans(IntFunction<DayPlan> weekPlan, long[] specialDays, LongFunction<DayPlan> specialPlan) {
    this.weekPlan = weekPlan;
    this.specialDays = specialDays.clone();
    this.specialPlan = specialPlan;
    this.specialPlans = new DayPlan[specialDays.length];
  }

  DayPlans map(IntUnaryOperator mapping) {
    return new DayPlans(
        weekday -> weekPlan(weekday).map(mapping),
        specialDays,
        day -> specialPlan(specialIndexFrom(day)).map(mapping));
  }

  int valueAt(long minute) {
    long day = dayOf(minute);
    return plan(specialIndexFrom(day), day).valueAt(minuteOfDay(minute));
  }

  DayPlan weekPlan(int weekday) {
    DayPlan plan = weekPlans[weekday];
    if (plan == null) {
      plan = weekPlan.apply(weekday);
      weekPlans[weekday] = plan;
    }
    return plan;
  }

  private DayPlan specialPlan(int index) {
    DayPlan plan = specialPlans[index];
    if (plan == null) {
      plan = specialPlan.apply(specialDays[index]);
      specialPlans[index] = plan;
    }
    return plan;
  }

  int specialDayCount() {
    return specialDays.length;
  }

  long specialDay(int index) {
    return specialDays[index];
  }

  /** Index of the first special day on or after the given day. */
  int specialIndexFrom(long day) {
    int index = Arrays.binarySearch(specialDays, day);
    return index >= 0 ? index : -index - 1;
  }

  /**
   * Whether the day is special.
   *
   * @param index result of {@link #specialIndexFrom} for the day
   */
  boolean isSpecial(int index, long day) {
    return index < specialDays.length && specialDays[index] == day;
  }

  /**
   * The plan of the day.
   *
   * @param index result of {@link #specialIndexFrom} for the day
   */
  DayPlan plan(int index, long day) {
    return isSpecial(index, day) ? specialPlan(index) : weekPlan(weekdayOf(day));
  }

  static long dayOf(long minute) {
    return Math.floorDiv(minute, MINUTES_PER_DAY);
  }

  static int minuteOfDay(long minute) {
    return Math.floorMod(minute, MINUTES_PER_DAY);
  }

  /** The weekday of a day, where Monday is 0. */
  static int weekdayOf(long day) {
    return Math.floorMod(day + WEEKDAY_OF_EPOCH, DAYS_PER_WEEK);
  }
}
