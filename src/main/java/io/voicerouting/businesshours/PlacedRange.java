package io.voicerouting.businesshours;

/**
 * A range of a request, placed on a line of minutes that begins at midnight of the day it starts on
 * and ends with the next day, 0 to 2880.
 *
 * @param field where the range stands in the request
 */
record PlacedRange(String field, TimeRange range) {

  int start() {
    return range.startTime().minute();
  }

  int end() {
    int end = range.endTime().minute();
    return end > start() ? end : end + TimeOfDay.MINUTES_PER_DAY;
  }

  boolean overlaps(PlacedRange other) {
    return start() < other.end() && other.start() < end();
  }

  /** Whether the part past midnight meets a range of the next day. */
  boolean runsInto(PlacedRange nextDays) {
    return nextDays.start() < end() - TimeOfDay.MINUTES_PER_DAY;
  }

  /** {@code HH:mm-HH:mm}. */
  String text() {
    return range.startTime() + "-" + range.endTime();
  }
}
