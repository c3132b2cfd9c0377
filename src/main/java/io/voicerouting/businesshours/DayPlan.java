package io.voicerouting.businesshours;

import static io.voicerouting.businesshours.TimeOfDay.MINUTES_PER_DAY;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** The values of the minutes of one day, as segments whose values differ from their neighbours. */
final class DayPlan {

  private final int[] starts;
  private final int[] values;

  private DayPlan(int[] starts, int[] values) {
    this.starts = starts;
    this.values = values;
  }

  /**
   * Creates a plan.
   *
   * @param bounds the minutes in which the value may change, ascending, from 0 on; may repeat
   * @param value the value from a bound to the next one
   */
  static DayPlan of(int[] bounds, IntUnaryOperator value) {
    return merge(bounds, bound -> value.applyAsInt(bounds[bound]));
  }

  /** Creates a plan with other values, and fewer segments if neighbours get the same value. */
  DayPlan map(IntUnaryOperator mapping) {
    return merge(starts, segment -> mapping.applyAsInt(values[segment]));
  }

  /** Joins neighbours of the same value. */
  private static DayPlan merge(int[] bounds, IntUnaryOperator valueOf) {
    int[] starts = new int[bounds.length];
    int[] values = new int[bounds.length];
    int segments = 0;
    for (int bound = 0; bound < bounds.length; bound++) {
      int value = valueOf.applyAsInt(bound);
      if (segments == 0 || values[segments - 1] != value) {
        starts[segments] = bounds[bound];
        values[segments++] = value;
      }
    }
    return new DayPlan(Arrays.copyOf(starts, segments), Arrays.copyOf(values, segments));
  }

  int valueAt(int minute) {
    return values[segment(minute)];
  }

  int firstValue() {
    return values[0];
  }

  int lastValue() {
    return values[values.length - 1];
  }

  /** The first later minute with another value; 1440 if there is none on the day. */
  int nextChange(int minute) {
    return end(segment(minute));
  }

  private int segment(int minute) {
    int index = Arrays.binarySearch(starts, minute);
    return index >= 0 ? index : -index - 2;
  }

  private int end(int segment) {
    return segment + 1 < starts.length ? starts[segment + 1] : MINUTES_PER_DAY;
  }
}
