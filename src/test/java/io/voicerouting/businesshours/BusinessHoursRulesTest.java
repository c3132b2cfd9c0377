package io.voicerouting.businesshours;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.businesshours.BusinessHoursBody.Day;
import io.voicerouting.businesshours.BusinessHoursBody.Week;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallActionType;
import io.voicerouting.common.FieldError;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BusinessHoursRulesTest {

  private static final CallAction VOICEMAIL = new CallAction(CallActionType.VOICEMAIL, "support");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "monday=",
        "monday=09:00-17:00",
        "monday=00:00-24:00 tuesday=00:00-24:00",
        "monday=09:00-12:00,12:00-17:00",
        "monday=13:00-17:00,09:00-12:00",
        "monday=22:00-06:00,05:00-08:00",
        "monday=22:00-00:00 tuesday=00:00-01:00",
        "friday=22:00-06:00 saturday=06:00-09:00",
        "friday=22:00-06:00 !saturday=05:00-09:00",
        "!friday=22:00-06:00 saturday=05:00-09:00",
        "sunday=22:00-06:00 monday=06:00-09:00",
        "monday=00:01-00:00,00:00-00:01"
      })
  void acceptsWeeks(String week) {
    assertThat(problems(week, List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          monday=09:00-17:00,16:59-18:00          | monday.time_ranges[1]
          monday=09:00-17:00,09:00-17:00          | monday.time_ranges[1]
          monday=09:00-17:00,10:00-11:00          | monday.time_ranges[1]
          !monday=09:00-17:00,10:00-11:00         | monday.time_ranges[1]
          monday=10:00-11:00,12:00-13:00,09:00-17:00 | monday.time_ranges[2]
          monday=20:00-02:00,23:00-04:00          | monday.time_ranges[1]
          monday=20:00-02:00,23:00-24:00          | monday.time_ranges[1]
          monday=09:00-09:00                      | monday.time_ranges[0].end_time
          monday=00:00-00:00                      | monday.time_ranges[0].end_time
          monday=24:00-06:00                      | monday.time_ranges[0].start_time
          monday=24:00-24:00                      | monday.time_ranges[0].start_time
          friday=22:00-06:01 saturday=06:00-09:00 | friday.time_ranges[0].end_time
          friday=10:00-11:00,22:00-06:00 saturday=05:00-09:00 | friday.time_ranges[1].end_time
          sunday=22:00-06:00 monday=05:59-09:00   | sunday.time_ranges[0].end_time
          saturday=23:00-22:59 sunday=22:58-24:00 | saturday.time_ranges[0].end_time
          """)
  void rejectsWeeks(String week, String field) {
    assertThat(fields(week, List.of())).containsExactly("schedule." + field);
  }

  @Test
  void namesOverlappingRanges() {
    assertThat(
            problems("friday=22:00-06:00 saturday=09:00-17:00,05:00-08:00,10:00-12:00", List.of()))
        .extracting(error -> error.field() + ": " + error.message())
        .containsExactly(
            "schedule.saturday.time_ranges[2]: "
                + "'10:00-12:00' (expected: no overlap with 09:00-17:00)",
            "schedule.friday.time_ranges[0].end_time: "
                + "'06:00' (expected: no overlap with 05:00-08:00 on saturday)");
  }

  @Test
  void skipsADayWithTooManyRanges() {
    List<TimeRangeBody> many = Collections.nCopies(25, range("09:00-17:00"));
    Map<String, Day> days = Map.of("monday", new Day(true, many));
    assertThat(new BusinessHoursRules(request(week(days), List.of())).check()).isEmpty();
  }

  // 2026-11-27 is a Friday.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          saturday=05:00-09:00 | 2026-11-27=22:00-06:00                      | exceptions[0].time_ranges[0].end_time
          saturday=06:00-09:00 | 2026-11-27=22:00-06:00                      | -
          !saturday=05:00-09:00 | 2026-11-27=22:00-06:00                     | -
          saturday=05:00-09:00 | 2026-11-27=22:00-06:00 2026-11-28=closed    | -
          saturday=05:00-09:00 | 2026-11-28=05:00-07:00 2026-11-27=22:00-06:00 | -
          friday=22:00-06:00   | 2026-11-28=05:00-07:00                      | -
          -                    | 2026-11-27=22:00-06:00 2026-11-28=05:00-07:00 | -
          -                    | 2026-11-27=09:00-12:00,11:00-13:00          | exceptions[0].time_ranges[1]
          -                    | 2026-11-27=09:00-09:00                      | exceptions[0].time_ranges[0].end_time
          -                    | 2026-11-27=special                          | exceptions[0].time_ranges
          -                    | 2026-11-27=closed:09:00-12:00               | exceptions[0].time_ranges
          -                    | 2026-11-27=closed 2026-11-28=closed 2026-11-27=closed | exceptions[2].date
          -                    | 9999-12-31=22:00-06:00                      | -
          -                    | +10000-01-01=closed                         | exceptions[0].date
          -                    | +999999999-12-31=22:00-06:00                | exceptions[0].date
          -                    | 0000-01-01=closed                           | exceptions[0].date
          -                    | 2026-12-24..2026-12-24=closed               | -
          -                    | 2026-12-24..2026-12-23=closed               | exceptions[0].end_date
          -                    | 2027-01-01..2028-01-01=closed               | -
          -                    | 2027-01-01..2028-01-02=closed               | exceptions[0].end_date
          -                    | 9999-12-31..+10000-01-01=closed             | exceptions[0].end_date
          -                    | 2026-12-24/yearly=closed 2026-12-24=closed  | -
          -                    | 2026-12-24/yearly=closed 2026-12-24/yearly=09:00-10:00 | exceptions[1].date
          -                    | 2026-12-24..2026-12-26=closed 2026-12-24=closed | -
          -                    | 2026-12-24=closed 2026-12-24..2026-12-24=closed | exceptions[1].date
          -                    | 2024-02-29/yearly=closed                    | -
          -                    | 2026-11-26/yearly_weekday/fourth=closed     | -
          -                    | 2026-11-26/yearly_weekday/last=closed       | -
          -                    | 2026-11-26/yearly_weekday/third=closed      | exceptions[0].week_of_month
          -                    | 2026-11-19/yearly_weekday/last=closed       | exceptions[0].week_of_month
          -                    | 2026-11-26/yearly_weekday=closed            | exceptions[0].week_of_month
          -                    | 2026-11-26/yearly/fourth=closed             | exceptions[0].week_of_month
          -                    | 2026-11-26//fourth=closed                   | exceptions[0].week_of_month
          saturday=05:00-09:00 | 2026-11-26..2026-11-27=22:00-06:00          | exceptions[0].time_ranges[0].end_time
          saturday=05:00-09:00 | 2026-11-27..2026-11-28=22:00-06:00          | -
          saturday=05:00-09:00 | 2026-11-27=22:00-06:00 2020-11-28/yearly=closed | -
          saturday=05:00-09:00 | 2026-12-31/yearly=22:00-06:00               | exceptions[0].time_ranges[0].end_time
          saturday=05:00-09:00 | 2026-12-31/yearly=22:00-06:00 2027-01-01/yearly=closed | -
          saturday=05:00-09:00 | 2026-11-26/yearly_weekday/fourth=22:00-06:00 | -
          saturday=05:00-09:00 | 2026-11-27/yearly_weekday/fourth=22:00-06:00 | exceptions[0].time_ranges[0].end_time
          """)
  void checksExceptions(@Nullable String week, String exceptions, @Nullable String field) {
    List<ExceptionDayBody> dates =
        Arrays.stream(exceptions.split(" ")).map(BusinessHoursRulesTest::exception).toList();
    assertThat(fields(week == null ? "" : week, dates))
        .isEqualTo(field == null ? List.of() : List.of(field));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          2026-12-24..2026-12-23=closed | '2026-12-23' (expected: not before the date 2026-12-24)
          2027-01-01..2029-01-01=closed | '2029-01-01' (expected: at most 366 dates from 2027-01-01 on)
          2026-11-26/yearly_weekday=closed | (expected: fourth or last, as it recurs by weekday)
          2026-11-05/yearly_weekday/last=closed | 'last' (expected: first, which has 2026-11-05)
          2026-11-26/yearly/fourth=closed | 'fourth' (expected: none unless recurrence is yearly_weekday)
          """)
  void namesRefusedCombinations(String exception, String message) {
    assertThat(problems("", List.of(exception(exception))))
        .extracting(FieldError::message)
        .containsExactly(message);
  }

  @ParameterizedTest
  @CsvSource({
    "EXTENSION,1001,true",
    "EXTENSION,*98#,true",
    "EXTENSION,12345678901234567,false",
    "EXTENSION,support,false",
    "EXTENSION,'',false",
    "RING_GROUP,rg-7,true",
    "CONFERENCE_ROOM,' ',false",
    "IVR_MENU,0123456789012345678901234567890123456789012345678901234567890123,true",
    "IVR_MENU,01234567890123456789012345678901234567890123456789012345678901234,false",
    "VOICEMAIL,'a\u0007b',false",
    "EXTERNAL,+15550100,true",
    "EXTERNAL,sip:desk@example.com,true",
    "EXTERNAL,1001,false",
    "EXTERNAL,javascript:alert(1),false"
  })
  void checksTargets(CallActionType type, String target, boolean accepted) {
    BusinessHoursBody request =
        new BusinessHoursBody(
            "Main",
            null,
            null,
            null,
            new CallAction(type, target),
            new CallAction(type, target),
            week(Map.of()),
            null);
    assertThat(new BusinessHoursRules(request).check())
        .extracting(FieldError::field)
        .isEqualTo(
            accepted
                ? List.of()
                : List.of("open_hours_action.target", "closed_hours_action.target"));
  }

  @Test
  void checksTargetsOfRangesAndExceptions() {
    CallAction invalid = new CallAction(CallActionType.EXTERNAL, "1001");
    TimeRangeBody lunch =
        new TimeRangeBody(TimeOfDay.parse("12:00"), TimeOfDay.parse("13:00"), invalid);
    ExceptionDayBody christmas =
        new ExceptionDayBody(
            LocalDate.parse("2026-12-25"),
            null,
            null,
            null,
            "Christmas",
            ExceptionType.CLOSED,
            null,
            invalid);
    ExceptionDayBody eve =
        new ExceptionDayBody(
            LocalDate.parse("2026-12-24"),
            null,
            null,
            null,
            "Eve",
            ExceptionType.SPECIAL_HOURS,
            List.of(range("09:00-10:00"), lunch),
            VOICEMAIL);
    Day day = new Day(false, List.of(lunch));

    assertThat(
            new BusinessHoursRules(request(week(Map.of("monday", day)), List.of(christmas, eve)))
                .check())
        .extracting(FieldError::field)
        .containsExactly(
            "schedule.monday.time_ranges[0].action.target",
            "exceptions[0].action.target",
            "exceptions[1].time_ranges[1].action.target");
  }

  @ParameterizedTest
  @CsvSource({
    "America/New_York,true",
    "UTC,true",
    "Asia/Kathmandu,true",
    "Mars/Olympus,false",
    "america/new_york,false",
    "+02:00,false",
    "UTC+1,false",
    "'',false"
  })
  void checksTheZone(String zone, boolean accepted) {
    BusinessHoursBody request =
        new BusinessHoursBody("Main", null, null, zone, VOICEMAIL, VOICEMAIL, week(Map.of()), null);
    assertThat(new BusinessHoursRules(request).check())
        .extracting(FieldError::field)
        .isEqualTo(accepted ? List.of() : List.of("timezone"));
  }

  @Test
  @SuppressWarnings("NullAway") // like a body of which some members could not be read
  void acceptsUnreadableMembers() {
    Day day =
        new Day(true, Arrays.asList(null, new TimeRangeBody(null, TimeOfDay.parse("24:00"), null)));
    ExceptionDayBody exception =
        new ExceptionDayBody(
            null, null, null, null, null, null, Arrays.asList((TimeRangeBody) null), null);
    BusinessHoursBody request =
        new BusinessHoursBody(
            null,
            null,
            null,
            null,
            null,
            null,
            week(Map.of("monday", day)),
            Arrays.asList(null, exception));
    assertThat(new BusinessHoursRules(request).check()).isEmpty();
    assertThat(
            new BusinessHoursRules(
                    new BusinessHoursBody(null, null, null, null, null, null, null, null))
                .check())
        .isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // like a body without these members
  void requiresTheMembersOfActions() {
    BusinessHoursBody request =
        new BusinessHoursBody(
            "Main",
            null,
            null,
            null,
            new CallAction(null, "x"),
            new CallAction(CallActionType.VOICEMAIL, null),
            week(Map.of()),
            null);
    assertThat(new BusinessHoursRules(request).check())
        .containsExactly(
            new FieldError("open_hours_action.type", "is required"),
            new FieldError("closed_hours_action.target", "is required"));
  }

  @Test
  void sortsTheDraft() {
    BusinessHoursDraft draft =
        request(
                week(Map.of("monday", day("13:00-17:00,09:00-12:00", true))),
                List.of(exception("2026-12-26=closed"), exception("2026-12-25=22:00-24:00")))
            .toDraft();
    assertThat(draft.status()).isEqualTo(BusinessHoursStatus.ACTIVE);
    assertThat(draft.schedule().monday().timeRanges())
        .containsExactly(range("09:00-12:00").toTimeRange(), range("13:00-17:00").toTimeRange());
    assertThat(draft.schedule().sunday()).isEqualTo(DaySchedule.DISABLED);
    assertThat(draft.exceptions())
        .extracting(ExceptionDay::date)
        .containsExactly(LocalDate.parse("2026-12-25"), LocalDate.parse("2026-12-26"));
  }

  @Test
  void checksTheLargestDocument() {
    String full =
        String.join(
            ",", IntStream.range(0, 24).mapToObj("%1$02d:00-%1$02d:30"::formatted).toList());
    List<ExceptionDayBody> dates =
        IntStream.range(0, 400)
            .mapToObj(i -> exception(LocalDate.parse("2026-01-01").plusDays(i) + "=" + full))
            .toList();
    assertThat(problems("monday=" + full, dates)).isEmpty();
  }

  private static List<String> fields(String week, List<ExceptionDayBody> exceptions) {
    return problems(week, exceptions).stream().map(FieldError::field).toList();
  }

  private static List<FieldError> problems(String week, List<ExceptionDayBody> exceptions) {
    Map<String, Day> days = new HashMap<>();
    for (String text : week.isEmpty() ? new String[0] : week.split(" ")) {
      String[] parts = text.replace("!", "").split("=", -1);
      days.put(parts[0], day(parts[1], !text.startsWith("!")));
    }
    return new BusinessHoursRules(request(week(days), exceptions)).check();
  }

  private static BusinessHoursBody request(Week week, List<ExceptionDayBody> exceptions) {
    return new BusinessHoursBody(
        "Main", null, null, "America/New_York", VOICEMAIL, VOICEMAIL, week, exceptions);
  }

  private static Week week(Map<String, Day> days) {
    return new Week(
        days.get("monday"),
        days.get("tuesday"),
        days.get("wednesday"),
        days.get("thursday"),
        days.get("friday"),
        days.get("saturday"),
        days.get("sunday"));
  }

  private static Day day(String ranges, boolean enabled) {
    return new Day(enabled, ranges(ranges));
  }

  /**
   * Parses {@code date=closed}, {@code date=special}, {@code date=ranges}, {@code closed:ranges}.
   * The date may be {@code date..end/yearly}, {@code date/yearly_weekday/fourth}.
   */
  private static ExceptionDayBody exception(String text) {
    String[] parts = text.split("=", -1);
    boolean closed = parts[1].startsWith("closed");
    String ranges = parts[1].replaceFirst("^(closed:?|special)", "");
    ExceptionType type = closed ? ExceptionType.CLOSED : ExceptionType.SPECIAL_HOURS;
    String[] recurrence = parts[0].split("/", -1);
    String[] dates = recurrence[0].split("\\.\\.", -1);
    return new ExceptionDayBody(
        LocalDate.parse(dates[0]),
        dates.length == 1 ? null : LocalDate.parse(dates[1]),
        recurrence.length == 1 || recurrence[1].isEmpty()
            ? null
            : ExceptionRecurrence.valueOf(recurrence[1].toUpperCase(Locale.ROOT)),
        recurrence.length < 3 ? null : WeekOfMonth.valueOf(recurrence[2].toUpperCase(Locale.ROOT)),
        "Some day",
        type,
        ranges(ranges),
        null);
  }

  private static List<TimeRangeBody> ranges(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(",")).map(BusinessHoursRulesTest::range).toList();
  }

  private static TimeRangeBody range(String text) {
    return new TimeRangeBody(
        TimeOfDay.parse(text.substring(0, 5)), TimeOfDay.parse(text.substring(6)), null);
  }
}
