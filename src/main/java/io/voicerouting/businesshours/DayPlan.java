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

  /** Creates the plan of the values of each minute. */
  static DayPlan of(int[] minutes) {
    int segments = 1;
    for (int minute = 1; minute < MINUTES_PER_DAY; minute++) {
      if (minutes[minute] != minutes[minute - 1]) {
        segments++;
      }
    }
    int[] starts = new int[segments];
    int[] values = new int[segments];
    int segment = 0;
    for (int minute = 0; segment < segments; minute++) {
      if (minute == 0 || minutes[minute] != minutes[minute - 1]) {
        starts[segment] = minute;
        values[segment++] = minutes[minute];
      }
    }
    return new DayPlan(starts, values);
  }

  /** Creates the plan of a day that has the same value all day. */
  static DayPlan constant(int value) {
    return new DayPlan(new int[] {0}, new int[] {value});
  }

  /** Creates a plan with other values, and fewer segments if neighbours get the same value. */
  DayPlan map(IntUnaryOperator mapping) {
    int[] newStarts = new int[starts.length];
    int[] newValues = new int[starts.length];
    int segments = 0;
    for (int segment = 0; segment < starts.length; segment++) {
      int value = mapping.applyAsInt(values[segment]);
      if (segments == 0 || newValues[segments - 1] != value) {
        newStarts[segments] = starts[segment];
        newValues[segments++] = value;
      }
    }
    return new DayPlan(Arrays.copyOf(newStarts, segments), Arrays.copyOf(newValues, segments));
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
