package io.voicerouting.businesshours;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Actions of ranges and exceptions, and until when they hold. The zone is New York unless a test
 * states another.
 */
class RangeActionsTest {

  private static Schedules newYork() {
    return Schedules.in("America/New_York");
  }

  private static BusinessHoursEvaluation evaluate(Schedules schedule, String at) {
    return schedule.calendar().evaluate(Instant.parse(at));
  }

  private static void assertEvaluation(
      Schedules schedule,
      String at,
      String target,
      @Nullable String nextChangeAt,
      @Nullable String validUntil) {
    BusinessHoursEvaluation found = evaluate(schedule, at);
    assertThat(found.action().target()).as(at).isEqualTo(target);
    assertThat(found.nextChangeAt())
        .as(at)
        .isEqualTo(nextChangeAt == null ? null : Instant.parse(nextChangeAt));
    assertThat(found.validUntil())
        .as(at)
        .isEqualTo(validUntil == null ? null : Instant.parse(validUntil));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T13:59:59.999Z, office, 2026-11-23T14:00:00Z, 2026-11-23T14:00:00Z",
    "2026-11-23T14:00:00Z, sales, 2026-11-23T22:00:00Z, 2026-11-23T17:00:00Z",
    "2026-11-23T16:59:59.999Z, sales, 2026-11-23T22:00:00Z, 2026-11-23T17:00:00Z",
    "2026-11-23T17:00:00Z, lunch, 2026-11-23T22:00:00Z, 2026-11-23T18:00:00Z",
    "2026-11-23T18:00:00Z, sales, 2026-11-23T22:00:00Z, 2026-11-23T22:00:00Z",
    "2026-11-27T18:00:00Z, sales, 2026-11-27T22:00:00Z, 2026-11-27T22:00:00Z",
    "2026-11-27T22:00:00Z, office, 2026-11-30T14:00:00Z, 2026-11-30T14:00:00Z",
  })
  void lunchHasItsOwnAction(String at, String target, String change, String validUntil) {
    Schedules lunch = newYork().weekdays("09:00-12:00", "12:00-13:00 lunch", "13:00-17:00");
    assertEvaluation(lunch, at, target, change, validUntil);
  }

  @Test
  void adjacentRangesWithTheSameActionAreOne() {
    Schedules schedule = newYork().on(DayOfWeek.MONDAY, "09:00-10:00 a", "10:00-11:00 a");
    assertEvaluation(
        schedule, "2026-11-23T14:00:00Z", "a", "2026-11-23T16:00:00Z", "2026-11-23T16:00:00Z");
  }

  @Test
  void stateChangesAlthoughTheActionDoesNot() {
    Schedules schedule = newYork().on(DayOfWeek.MONDAY, "09:00-10:00 office");
    assertEvaluation(
        schedule, "2026-11-23T14:00:00Z", "office", "2026-11-23T15:00:00Z", "2026-11-23T15:00:00Z");
  }

  @Test
  void actionChangesWithoutAnyChangeOfTheState() {
    Schedules schedule = newYork().everyDay("00:00-12:00", "12:00-24:00 late");
    assertEvaluation(schedule, "2026-11-23T14:00:00Z", "sales", null, "2026-11-23T17:00:00Z");
    assertEvaluation(schedule, "2026-11-23T17:00:00Z", "late", null, "2026-11-24T05:00:00Z");
    assertEvaluation(newYork().everyDay("00:00-24:00 x"), "2026-11-23T14:00:00Z", "x", null, null);
  }

  @Test
  void rangePastMidnightKeepsItsAction() {
    Schedules schedule = newYork().on(DayOfWeek.FRIDAY, "22:00-06:00 night");
    schedule.on(DayOfWeek.SATURDAY, "06:00-08:00");
    assertEvaluation(
        schedule, "2026-11-28T07:00:00Z", "night", "2026-11-28T13:00:00Z", "2026-11-28T11:00:00Z");
  }

  @Test
  void exceptionEndsTheActionOfARangePastMidnight() {
    Schedules schedule = newYork().on(DayOfWeek.FRIDAY, "22:00-06:00 night");
    schedule.except(
        "2026-11-28", ExceptionType.SPECIAL_HOURS, Schedules.mailbox("party"), "00:00-02:00");
    assertEvaluation(
        schedule, "2026-11-28T03:00:00Z", "night", "2026-11-28T07:00:00Z", "2026-11-28T05:00:00Z");
    assertEvaluation(
        schedule, "2026-11-28T05:00:00Z", "party", "2026-11-28T07:00:00Z", "2026-11-28T07:00:00Z");
  }

  @Test
  void closedExceptionHasItsOwnActionAllDay() {
    Schedules schedule =
        newYork()
            .weekdays("09:00-17:00")
            .except("2026-12-25", ExceptionType.CLOSED, Schedules.mailbox("christmas"));
    assertEvaluation(
        schedule, "2026-12-24T22:00:00Z", "office", "2026-12-28T14:00:00Z", "2026-12-25T05:00:00Z");
    assertEvaluation(
        schedule,
        "2026-12-25T05:00:00Z",
        "christmas",
        "2026-12-28T14:00:00Z",
        "2026-12-26T05:00:00Z");
    assertEvaluation(
        schedule, "2026-12-26T05:00:00Z", "office", "2026-12-28T14:00:00Z", "2026-12-28T14:00:00Z");
  }

  @Test
  void specialHoursUseTheActionOfTheirRangeThenOfTheException() {
    Schedules schedule =
        newYork()
            .except(
                "2026-12-24",
                ExceptionType.SPECIAL_HOURS,
                Schedules.mailbox("eve"),
                "09:00-10:00 first",
                "10:00-11:00",
                "23:00-01:00");
    assertEvaluation(
        schedule, "2026-12-24T14:30:00Z", "first", "2026-12-24T16:00:00Z", "2026-12-24T15:00:00Z");
    assertEvaluation(
        schedule, "2026-12-24T15:00:00Z", "eve", "2026-12-24T16:00:00Z", "2026-12-24T16:00:00Z");
    // Closed until 23:00, with the action of the exception; its range keeps it after midnight.
    assertEvaluation(
        schedule, "2026-12-24T16:00:00Z", "eve", "2026-12-25T04:00:00Z", "2026-12-25T04:00:00Z");
    assertEvaluation(
        schedule, "2026-12-25T05:00:00Z", "eve", "2026-12-25T06:00:00Z", "2026-12-25T06:00:00Z");
    assertEvaluation(schedule, "2026-12-25T06:00:00Z", "office", null, null);
  }

  @Test
  void actionOfASkippedHourNeverApplies() {
    Schedules schedule =
        newYork().on(DayOfWeek.SUNDAY, "01:00-02:00", "02:00-03:00 gap", "03:00-04:00");
    assertEvaluation(
        schedule, "2026-03-08T06:30:00Z", "sales", "2026-03-08T08:00:00Z", "2026-03-08T08:00:00Z");
    assertEvaluation(
        schedule, "2026-03-15T05:30:00Z", "sales", "2026-03-15T08:00:00Z", "2026-03-15T06:00:00Z");
  }

  @Test
  void actionOfARepeatedHourAppliesTwice() {
    Schedules schedule = newYork().on(DayOfWeek.SUNDAY, "00:00-01:30 early", "01:30-04:00");
    assertEvaluation(
        schedule, "2026-11-01T05:45:00Z", "sales", "2026-11-01T09:00:00Z", "2026-11-01T06:00:00Z");
    assertEvaluation(
        schedule, "2026-11-01T06:00:00Z", "early", "2026-11-01T09:00:00Z", "2026-11-01T06:30:00Z");
  }

  @Test
  void rangesOfADisabledDayHaveNoEffect() {
    Schedules schedule = newYork().disabled(DayOfWeek.MONDAY, "09:00-17:00 lunch");
    assertEvaluation(schedule, "2026-11-23T15:00:00Z", "office", null, null);
  }
}
