package io.voicerouting.businesshours;

import io.voicerouting.common.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What time ranges of a request must keep to. Ranges of one day must not overlap each other on the
 * line from the day's midnight to the end of the next day; a tail past midnight must not reach a
 * range of the next day. Half-open ranges that only touch do not overlap.
 */
final class RangeRules {

  private static final TimeOfDay END_OF_DAY = new TimeOfDay(TimeOfDay.MINUTES_PER_DAY);

  private final List<FieldError> problems;

  /** Adds what it finds to the list. */
  RangeRules(List<FieldError> problems) {
    this.problems = problems;
  }

  /**
   * Checks the ranges of one day among themselves.
   *
   * @param field where the list stands in the request
   * @return those that make sense by themselves, to be checked against the next day's; none when
   *     there are so many that the list is refused as a whole
   */
  List<PlacedRange> checkDay(String field, @Nullable List<BusinessHoursBody.Range> ranges) {
    List<PlacedRange> placed = new ArrayList<>();
    if (ranges == null || ranges.size() > BusinessHoursBody.MOST_RANGES) {
      return placed;
    }
    for (int i = 0; i < ranges.size(); i++) {
      BusinessHoursBody.Range range = ranges.get(i);
      if (range != null && range.startTime() != null && range.endTime() != null) {
        place(new PlacedRange(field + "[" + i + "]", range.toTimeRange()), placed);
      }
    }
    return placed;
  }

  private void place(PlacedRange range, List<PlacedRange> before) {
    TimeOfDay start = range.range().startTime();
    if (start.equals(END_OF_DAY)) {
      refuse(range.field() + ".start_time", start, "before 24:00");
    } else if (start.equals(range.range().endTime())) {
      refuse(range.field() + ".end_time", start, "not the start; 00:00-24:00 is all day");
    } else {
      before.stream()
          .filter(range::overlaps)
          .findFirst()
          .ifPresent(
              other -> refuse(range.field(), range.text(), "no overlap with " + other.text()));
      before.add(range);
    }
  }

  /**
   * Checks what runs past midnight against the day after.
   *
   * @param next the day after, for messages
   */
  void checkTails(List<PlacedRange> day, String next, List<PlacedRange> nextDays) {
    for (PlacedRange range : day) {
      nextDays.stream()
          .filter(range::runsInto)
          .findFirst()
          .ifPresent(
              other ->
                  refuse(
                      range.field() + ".end_time",
                      range.range().endTime(),
                      "no overlap with " + other.text() + " on " + next));
    }
  }

  private void refuse(String field, Object value, String expected) {
    problems.add(FieldError.unexpected(field, value, expected));
  }
}
