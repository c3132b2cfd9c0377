package io.voicerouting.businesshours;

import static io.voicerouting.businesshours.TimeOfDay.MINUTES_PER_DAY;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.LongFunction;

/**
 * The values of the minutes of every date: a plan for each weekday, and one for each
 * <em>special</em> day, which is an exception or the day after one. Days and minutes are counted
 * from 1970-01-01T00:00.
 */
final class DayPlans {

  private static final int DAYS_PER_WEEK = DayOfWeek.values().length;
  private static final int WEEKDAY_OF_EPOCH = DayOfWeek.THURSDAY.getValue() - 1;

  private final DayPlan[] weekPlans = new DayPlan[DAYS_PER_WEEK];
  private final long[] specialDays;
  private final DayPlan[] specialPlans;

  /**
   * @param weekPlan plan of a weekday, where Monday is 0
   * @param specialDays ascending, without duplicates
   * @param specialPlan plan of a special day
   */
  DayPlans(IntFunction<DayPlan> weekPlan, long[] specialDays, LongFunction<DayPlan> specialPlan) {
    Arrays.setAll(weekPlans, weekPlan);
    this.specialDays = specialDays.clone();
    this.specialPlans = Arrays.stream(specialDays).mapToObj(specialPlan).toArray(DayPlan[]::new);
  }

  DayPlans map(IntUnaryOperator mapping) {
    return new DayPlans(
        weekday -> weekPlans[weekday].map(mapping),
        specialDays,
        day -> specialPlans[specialIndexFrom(day)].map(mapping));
  }

  int valueAt(long minute) {
    long day = dayOf(minute);
    return plan(specialIndexFrom(day), day).valueAt(minuteOfDay(minute));
  }

  DayPlan weekPlan(int weekday) {
    return weekPlans[weekday];
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
    return isSpecial(index, day) ? specialPlans[index] : weekPlans[weekdayOf(day)];
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
