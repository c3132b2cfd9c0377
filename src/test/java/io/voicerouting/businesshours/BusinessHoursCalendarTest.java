package io.voicerouting.businesshours;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BusinessHoursCalendarTest {

  private static final String NEW_YORK = "America/New_York";

  private static Schedules newYork() {
    return Schedules.in(NEW_YORK);
  }

  private static Arguments row(
      String what, Schedules schedule, String at, String state, @Nullable String nextChange) {
    return Arguments.of(what, schedule, at, state, nextChange);
  }

  static Stream<Arguments> pinnedDown() {
    Schedules office = newYork().weekdays("09:00-17:00");
    Schedules night = newYork().on(FRIDAY, "22:00-06:00");
    Schedules overlapHour = newYork().on(SUNDAY, "01:00-02:00");
    return Stream.of(
        row("before nine", office, "2026-11-23T13:59:59.999Z", "closed", "2026-11-23T14:00:00Z"),
        row("at nine", office, "2026-11-23T14:00:00Z", "open", "2026-11-23T22:00:00Z"),
        row("at five", office, "2026-11-23T22:00:00Z", "closed", "2026-11-24T14:00:00Z"),
        row("tail", night, "2026-11-28T07:00:00Z", "open", "2026-11-28T11:00:00Z"),
        row("no tail", night, "2026-11-27T07:00:00Z", "closed", "2026-11-28T03:00:00Z"),
        row(
            "in a gap",
            newYork().on(SUNDAY, "02:00-03:00"),
            "2026-03-08T07:00:00Z",
            "closed",
            "2026-03-15T06:00:00Z"),
        row("overlap 1", overlapHour, "2026-11-01T05:30:00Z", "open", "2026-11-01T07:00:00Z"),
        row("overlap 2", overlapHour, "2026-11-01T06:30:00Z", "open", "2026-11-01T07:00:00Z"),
        row(
            "opens again in the overlap",
            newYork().on(SUNDAY, "00:30-01:30"),
            "2026-11-01T05:45:00Z",
            "closed",
            "2026-11-01T06:00:00Z"),
        row("always", newYork().everyDay("00:00-24:00"), "2026-11-01T05:45:00Z", "open", null),
        row(
            "holiday",
            newYork().weekdays("09:00-17:00").except("2026-12-25"),
            "2026-12-25T15:00:00Z",
            "closed",
            "2026-12-28T14:00:00Z"),
        row(
            "Kathmandu",
            Schedules.in("Asia/Kathmandu").on(MONDAY, "09:00-10:00"),
            "2026-11-23T03:15:00Z",
            "open",
            "2026-11-23T04:15:00Z"));
  }

  static Stream<Arguments> madeByHand() {
    Schedules leap = Schedules.in("UTC").except("2028-02-29", "10:00-12:00");
    Schedules nightBeforeHoliday = newYork().everyDay("22:00-06:00").except("2026-12-25");
    Schedules specialNight = newYork().except("2026-12-24", "22:00-06:00");
    Schedules twoSpecialDays =
        newYork().except("2026-12-24", "22:00-06:00").except("2026-12-25", "09:00-10:00");
    Schedules midnightGap = Schedules.in("America/Sao_Paulo").on(SUNDAY, "00:00-02:00");
    Schedules skippedDate = Schedules.in("Pacific/Apia").everyDay("22:00-06:00");
    Schedules halfHour = Schedules.in("Australia/Lord_Howe").on(SUNDAY, "01:40-01:50");
    Schedules united = newYork().on(MONDAY, "09:00-12:00", "11:00-14:00", "14:00-15:00");
    return Stream.of(
        row("leap day", leap, "2028-02-28T23:59:59Z", "closed", "2028-02-29T10:00:00Z"),
        row("leap day open", leap, "2028-02-29T11:00:00Z", "open", "2028-02-29T12:00:00Z"),
        row("no hours at all", newYork(), "2026-11-23T14:00:00Z", "closed", null),
        row(
            "disabled day",
            newYork().disabled(MONDAY, "09:00-17:00"),
            "2026-11-23T14:00:00Z",
            "closed",
            null),
        row(
            "tail stops at a closed exception",
            nightBeforeHoliday,
            "2026-12-25T04:00:00Z",
            "open",
            "2026-12-25T05:00:00Z"),
        row(
            "a closed exception starts no tail",
            nightBeforeHoliday,
            "2026-12-25T05:00:00Z",
            "closed",
            "2026-12-27T03:00:00Z"),
        row(
            "special hours past midnight",
            specialNight,
            "2026-12-25T10:59:59Z",
            "open",
            "2026-12-25T11:00:00Z"),
        row(
            "special hours stopped by the next exception",
            twoSpecialDays,
            "2026-12-25T05:00:00Z",
            "closed",
            "2026-12-25T14:00:00Z"),
        row(
            "stored overlaps unite",
            united,
            "2026-11-23T14:00:00Z",
            "open",
            "2026-11-23T20:00:00Z"),
        row(
            "24:00 meets 00:00 of the next day",
            newYork().on(WEDNESDAY, "20:00-24:00").on(THURSDAY, "00:00-02:00"),
            "2026-11-26T02:00:00Z",
            "open",
            "2026-11-26T07:00:00Z"),
        row(
            "gap at midnight opens at the transition",
            midnightGap,
            "2018-11-04T02:59:59Z",
            "closed",
            "2018-11-04T03:00:00Z"),
        row("gap at midnight", midnightGap, "2018-11-04T03:00:00Z", "open", "2018-11-04T04:00:00Z"),
        row(
            "overlap at midnight closes at the transition",
            Schedules.in("America/Sao_Paulo").on(SATURDAY, "23:30-24:00").on(SUNDAY, "00:00-01:00"),
            "2018-02-18T01:45:00Z",
            "open",
            "2018-02-18T02:00:00Z"),
        row(
            "tail of a date that was skipped",
            skippedDate,
            "2011-12-30T09:59:59Z",
            "open",
            "2011-12-30T16:00:00Z"),
        row("half-hour overlap", halfHour, "2026-04-04T14:45:00Z", "open", "2026-04-04T14:50:00Z"),
        row("again", halfHour, "2026-04-04T14:50:00Z", "closed", "2026-04-04T15:10:00Z"),
        row(
            "seconds in the offset",
            newYork().everyDay("12:00-13:00"),
            "1880-01-01T16:56:01Z",
            "closed",
            "1880-01-01T16:56:02Z"),
        row(
            "a gap that ends within a minute",
            Schedules.in("Africa/Monrovia").on(FRIDAY, "00:30-01:00"),
            "1972-01-07T00:44:29Z",
            "closed",
            "1972-01-07T00:44:30Z"),
        row(
            "a range that ends where it starts, by outside SQL: one whole day",
            Schedules.in("UTC").on(MONDAY, "09:00-09:00"),
            "2026-11-24T08:59:00Z",
            "open",
            "2026-11-24T09:00:00Z"),
        row(
            "ranges stored with a closed exception do not open it",
            Schedules.in("UTC")
                .everyDay("00:00-24:00")
                .except(LocalDate.parse("2026-12-25"), ExceptionType.CLOSED, "09:00-10:00"),
            "2026-12-25T09:30:00Z",
            "closed",
            "2026-12-26T00:00:00Z"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource({"pinnedDown", "madeByHand"})
  void evaluatesSchedules(
      String what, Schedules schedule, String at, String state, @Nullable String nextChange) {
    BusinessHoursCalendar calendar = schedule.calendar();
    assertThat(calendar.stateAt(Instant.parse(at)).code()).isEqualTo(state);
    assertThat(calendar.nextChangeAfter(Instant.parse(at)))
        .isEqualTo(nextChange == null ? null : Instant.parse(nextChange));
  }

  static Stream<Arguments> recurring() {
    ExceptionRecurrence yearly = ExceptionRecurrence.YEARLY;
    ExceptionRecurrence weekday = ExceptionRecurrence.YEARLY_WEEKDAY;
    Schedules thanksgiving =
        always().except(true, "2026-11-26", "2026-11-27", weekday, WeekOfMonth.FOURTH);
    Schedules memorialDay = always().except(true, "2026-05-25", null, weekday, WeekOfMonth.LAST);
    Schedules leapDay = always().except(true, "2024-02-29", null, yearly, null);
    Schedules leapRange = always().except(true, "2024-02-29", "2024-03-02", yearly, null);
    Schedules newYear = always().except(true, "2026-12-24", "2027-01-06", yearly, null);
    Schedules dated =
        newYear
            .except(false, "2028-12-27", "2028-12-30", null, null)
            .except(true, "2028-12-29", null, null, null);
    return Stream.of(
        row("first", thanksgiving, "2026-11-25T12:00:00Z", "open", "2026-11-26T00:00:00Z"),
        row("two days", thanksgiving, "2026-11-26T12:00:00Z", "closed", "2026-11-28T00:00:00Z"),
        row("a year on", thanksgiving, "2026-11-28T00:00:00Z", "open", "2027-11-25T00:00:00Z"),
        row("2035", thanksgiving, "2035-11-22T00:00:00Z", "closed", "2035-11-24T00:00:00Z"),
        row("not before", thanksgiving, "2025-11-27T12:00:00Z", "open", "2026-11-26T00:00:00Z"),
        row("last of five", memorialDay, "2027-05-24T12:00:00Z", "open", "2027-05-31T00:00:00Z"),
        row("leap year", leapDay, "2028-02-29T12:00:00Z", "closed", "2028-03-01T00:00:00Z"),
        row("no leap year", leapDay, "2026-02-28T12:00:00Z", "open", null),
        row("next leap year", leapDay, "2027-03-01T12:00:00Z", "open", "2028-02-29T00:00:00Z"),
        row("1900s rule", leapDay, "2100-02-28T12:00:00Z", "open", null),
        row("rest of range", leapRange, "2027-02-28T12:00:00Z", "open", "2027-03-01T00:00:00Z"),
        row("whole range", leapRange, "2028-02-28T12:00:00Z", "open", "2028-02-29T00:00:00Z"),
        row("new year", newYear, "2030-01-01T12:00:00Z", "closed", "2030-01-07T00:00:00Z"),
        // A prepared period begins on 2052-01-03.
        row(
            "tail of the year before",
            newYear,
            "2052-01-03T12:00:00Z",
            "closed",
            "2052-01-07T00:00:00Z"),
        row("not in 2026", newYear, "2026-01-01T12:00:00Z", "open", "2026-12-24T00:00:00Z"),
        row("dated first", dated, "2028-12-27T12:00:00Z", "open", "2028-12-29T00:00:00Z"),
        row("shorter first", dated, "2028-12-29T12:00:00Z", "closed", "2028-12-30T00:00:00Z"),
        row("longer again", dated, "2028-12-30T12:00:00Z", "open", "2028-12-31T00:00:00Z"),
        row("imported last", imported(), "2026-12-23T12:00:00Z", "open", "2026-12-24T00:00:00Z"),
        row("typed first", imported(), "2026-12-24T12:00:00Z", "closed", "2026-12-25T00:00:00Z"),
        row("imported", imported(), "2026-12-25T12:00:00Z", "open", "2026-12-26T00:00:00Z"),
        row("only imported", imported(), "2026-12-26T12:00:00Z", "closed", "2026-12-27T00:00:00Z"));
  }

  private static Schedules always() {
    return Schedules.in("UTC").everyDay("00:00-24:00");
  }

  /** Yearly typed exceptions precede dated imported ones. */
  private static Schedules imported() {
    ExceptionRecurrence yearly = ExceptionRecurrence.YEARLY;
    return always()
        .except(true, "2020-12-24", null, yearly, null)
        .except(false, "2020-12-25", null, yearly, null)
        .imported(Schedules.exception(false, "2026-12-24", null, null, null))
        .imported(Schedules.exception(true, "2026-12-25", "2026-12-26", null, null));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("recurring")
  void evaluatesRecurringAndRangedExceptions(
      String what, Schedules schedule, String at, String state, @Nullable String nextChange) {
    evaluatesSchedules(what, schedule, at, state, nextChange);
  }

  @Test
  void namesTheDateOfARange() {
    BusinessHoursMatch match =
        always()
            .except(true, "2026-12-24", "2027-01-06", ExceptionRecurrence.YEARLY, null)
            .calendar()
            .matchAt(Instant.parse("2030-01-02T12:00:00Z"));
    assertThat(match)
        .isEqualTo(
            new BusinessHoursMatch(
                BusinessHoursMatch.Kind.EXCEPTION,
                LocalDate.parse("2030-01-02"),
                "Day 2026-12-24",
                null,
                null));
  }

  @Test
  void preparesEachPeriodForItself() {
    BusinessHoursCalendar calendar =
        always().except(true, "2000-01-01", null, ExceptionRecurrence.YEARLY, null).calendar();
    for (int year : new int[] {2000, 2026, 9999, 2026, 2000, 150_000}) {
      Instant newYear = LocalDate.of(year, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
      Instant next = LocalDate.of(year + 1, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
      assertThat(calendar.stateAt(newYear)).isEqualTo(BusinessHoursState.CLOSED);
      assertThat(calendar.nextChangeAfter(newYear.plus(Duration.ofDays(1)))).isEqualTo(next);
    }
  }

  @Test
  void findsAChangeUpTo366DaysAhead() {
    BusinessHoursCalendar calendar =
        Schedules.in("UTC").except("2027-11-24", "10:00-11:00").calendar();
    Instant opening = Instant.parse("2027-11-24T10:00:00Z");
    Instant earliest = opening.minus(Duration.ofDays(366));
    assertThat(calendar.nextChangeAfter(earliest)).isEqualTo(opening);
    assertThat(calendar.nextChangeAfter(earliest.plusNanos(1))).isEqualTo(opening);
    assertThat(calendar.nextChangeAfter(earliest.minusNanos(1))).isNull();
  }

  /** The image gives threads 512 kB. */
  @Test
  void skipsManyExceptionsWithoutAChangeOnASmallStack() throws InterruptedException {
    Schedules schedule = newYork().everyDay("00:00-24:00");
    for (int day = 0; day < 360; day++) {
      schedule.except(LocalDate.of(2026, 1, 1).plusDays(day).toString(), "00:00-24:00");
    }
    BusinessHoursCalendar calendar = schedule.except("2026-12-27").calendar();
    AtomicReference<@Nullable Instant> found = new AtomicReference<>();
    Thread small =
        new Thread(
            null,
            () -> found.set(calendar.nextChangeAfter(Instant.parse("2026-01-01T12:00:00Z"))),
            "small",
            192 << 10);
    small.start();
    small.join();
    assertThat(found).hasValue(Instant.parse("2026-12-27T05:00:00Z"));
  }

  @Test
  void skipsExceptionsWithoutAChange() {
    Schedules schedule = newYork().everyDay("00:00-24:00");
    for (int day = 0; day < 300; day++) {
      schedule.except(LocalDate.of(2026, 1, 1).plusDays(day).toString(), "00:00-24:00");
    }
    BusinessHoursCalendar calendar = schedule.except("2026-12-25").calendar();
    assertThat(calendar.nextChangeAfter(Instant.parse("2026-01-05T12:00:00Z")))
        .isEqualTo(Instant.parse("2026-12-25T05:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1000000000-01-01T00:00:00Z",
        "-999999999-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "+999999999-12-31T23:59:59Z",
        "+1000000000-12-31T23:59:59.999999999Z"
      })
  void evaluatesAnyInstant(String at) {
    Instant instant = Instant.parse(at);
    for (String zone : new String[] {"UTC", NEW_YORK, "Pacific/Apia", "Africa/Casablanca"}) {
      BusinessHoursCalendar always = Schedules.in(zone).everyDay("00:00-24:00").calendar();
      assertThat(always.stateAt(instant)).isEqualTo(BusinessHoursState.OPEN);
      assertThat(always.nextChangeAfter(instant)).isNull();
      assertThat(always.matchAt(instant)).isNotNull();
    }
  }

  @Test
  void changesAreExactAtTheLastSupportedInstant() {
    BusinessHoursCalendar calendar = newYork().everyDay("09:00-17:00").calendar();
    assertThat(calendar.nextChangeAfter(Instant.parse("9999-12-31T23:59:59Z")))
        .isEqualTo(Instant.parse("+10000-01-01T14:00:00Z"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"Mars/Phobos", "", "UTC+5", "+05:00", "america/new_york", "../etc"})
  void rejectsUnknownZones(@Nullable String zone) {
    BusinessHoursView view = Schedules.in(zone).view();
    assertThatThrownBy(() -> BusinessHoursCalendar.of(view))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "timezone: '%s' (expected: IANA time zone such as Europe/Berlin)".formatted(zone));
    assertThat(ActiveSchedule.of(view)).isInstanceOf(ActiveSchedule.Invalid.class);
  }

  @Test
  void acceptsEveryStorableExceptionDate() {
    BusinessHoursCalendar calendar =
        newYork()
            .everyDay("22:00-06:00")
            .except(LocalDate.MIN, ExceptionType.CLOSED)
            .except(LocalDate.MAX, ExceptionType.CLOSED)
            .calendar();
    assertThat(calendar.nextChangeAfter(Instant.parse("2026-11-23T14:00:00Z")))
        .isEqualTo(Instant.parse("2026-11-24T03:00:00Z"));
  }

  static Stream<Arguments> matches() {
    Schedules night = newYork().everyDay("22:00-06:00", "05:00-12:00");
    Schedules holiday = night.except("2026-12-25", "09:00-10:00").except("2026-12-28");
    BusinessHoursMatch.Kind weekly = BusinessHoursMatch.Kind.WEEKLY;
    BusinessHoursMatch.Kind exception = BusinessHoursMatch.Kind.EXCEPTION;
    return Stream.of(
        Arguments.of(holiday, "2026-11-24T03:00:00Z", match(weekly, 23, 11, "22:00", "06:00")),
        Arguments.of(holiday, "2026-11-24T10:30:00Z", match(weekly, 23, 11, "22:00", "06:00")),
        Arguments.of(holiday, "2026-11-24T11:00:00Z", match(weekly, 24, 11, "05:00", "12:00")),
        Arguments.of(holiday, "2026-11-24T17:00:00Z", null),
        Arguments.of(holiday, "2026-12-25T14:00:00Z", match(exception, 25, 12, "09:00", "10:00")),
        Arguments.of(holiday, "2026-12-25T15:00:00Z", match(exception, 25, 12, null, null)),
        Arguments.of(holiday, "2026-12-28T15:00:00Z", match(exception, 28, 12, null, null)));
  }

  private static BusinessHoursMatch match(
      BusinessHoursMatch.Kind kind,
      int day,
      int month,
      @Nullable String start,
      @Nullable String end) {
    LocalDate date = LocalDate.of(2026, month, day);
    return new BusinessHoursMatch(
        kind,
        date,
        kind == BusinessHoursMatch.Kind.WEEKLY ? null : "Day " + date,
        start == null ? null : TimeOfDay.parse(start),
        end == null ? null : TimeOfDay.parse(end));
  }

  @ParameterizedTest
  @MethodSource("matches")
  void findsTheMatch(Schedules schedule, String at, @Nullable BusinessHoursMatch expected) {
    assertThat(schedule.calendar().matchAt(Instant.parse(at))).isEqualTo(expected);
  }
}
