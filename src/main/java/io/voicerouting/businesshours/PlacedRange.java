package io.voicerouting.businesshours;

/**
 * A range of a request on a line of 2880 minutes, from midnight of the day on which it starts to
 * the end of the next day.
 *
 * @param field path of the range in the request
 */
record PlacedRange(String field, TimeRange range) {

  int start() {
    return range.startTime().minute();
  }

  int end() {
    int end = range.endTime().minute();
    return end > start() ? end : end + TimeOfDay.MINUTES_PER_DAY;
  }

  boolean runsPastMidnight() {
    return end() > TimeOfDay.MINUTES_PER_DAY;
  }

  boolean overlaps(PlacedRange other) {
    return start() < other.end() && other.start() < end();
  }

  /** Whether the part after midnight overlaps a range of the next day. */
  boolean runsInto(PlacedRange nextDays) {
    return nextDays.start() < end() - TimeOfDay.MINUTES_PER_DAY;
  }

  /** {@code HH:mm-HH:mm}. */
  String text() {
    return range.startTime() + "-" + range.endTime();
  }
}
