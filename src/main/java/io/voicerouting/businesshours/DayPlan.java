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
    int[] starts = new int[MINUTES_PER_DAY];
    int segments = 0;
    for (int minute = 0; minute < MINUTES_PER_DAY; minute++) {
      if (minute == 0 || minutes[minute] != minutes[minute - 1]) {
        starts[segments++] = minute;
      }
    }
    starts = Arrays.copyOf(starts, segments);
    return new DayPlan(starts, Arrays.stream(starts).map(start -> minutes[start]).toArray());
  }

  /** Creates a plan with other values, and fewer segments if neighbours get the same value. */
  DayPlan map(IntUnaryOperator mapping) {
    int[] minutes = new int[MINUTES_PER_DAY];
    for (int segment = 0; segment < starts.length; segment++) {
      Arrays.fill(minutes, starts[segment], end(segment), mapping.applyAsInt(values[segment]));
    }
    return of(minutes);
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
