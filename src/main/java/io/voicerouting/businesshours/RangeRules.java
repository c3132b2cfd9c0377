package io.voicerouting.businesshours;

import io.voicerouting.common.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the time ranges of a request. Ranges that start on the same day must not overlap,
 * the time after midnight included; a range that runs past midnight must not overlap a range of the
 * next day. Ranges that only touch do not overlap.
 */
public final class RangeRules {

  private static final TimeOfDay END_OF_DAY = new TimeOfDay(TimeOfDay.MINUTES_PER_DAY);

  private final List<FieldError> problems;

  /**
   * Creates the rules.
   *
   * @param problems receives the errors
   */
  RangeRules(List<FieldError> problems) {
    this.problems = problems;
  }

  /**
   * Checks the ranges of one day.
   *
   * @param field path of the list in the request
   * @return the valid ranges, to be checked against those of the next day; empty if the list is too
   *     long, which another rule rejects
   */
  List<PlacedRange> checkDay(String field, @Nullable List<TimeRangeBody> ranges) {
    List<PlacedRange> placed = new ArrayList<>();
    if (ranges == null || ranges.size() > TimeRangeBody.MOST) {
      return placed;
    }
    for (int i = 0; i < ranges.size(); i++) {
      TimeRangeBody range = ranges.get(i);
      if (range != null && range.startTime() != null && range.endTime() != null) {
        place(
            new PlacedRange(
                field + "[" + i + "]", new TimeRange(range.startTime(), range.endTime())),
            placed);
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
   * Checks the ranges of a day whose neighbours are not known.
   *
   * @param field path of the list in the request
   * @param ranges without null members
   */
  public static List<FieldError> check(String field, List<TimeRange> ranges) {
    List<FieldError> problems = new ArrayList<>();
    RangeRules rules = new RangeRules(problems);
    List<PlacedRange> placed = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      rules.place(new PlacedRange(field + "[" + i + "]", ranges.get(i)), placed);
    }
    return problems;
  }

  /**
   * Checks ranges that run past midnight against the next day.
   *
   * @param next name of the next day, for messages
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
