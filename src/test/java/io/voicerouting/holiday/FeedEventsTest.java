package io.voicerouting.holiday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.businesshours.ExceptionDay;
import io.voicerouting.businesshours.ExceptionType;
import io.voicerouting.businesshours.TimeOfDay;
import io.voicerouting.businesshours.TimeRange;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the events of feeds become, from 2026-11-22 to 2028-11-23 in New York. */
class FeedEventsTest {

  private static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final LocalDate FROM = LocalDate.of(2026, 11, 22);
  private static final LocalDate TO = LocalDate.of(2028, 11, 23);

  private static String calendar(String... events) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n"
        + String.join("", events)
        + "END:VCALENDAR\r\n";
  }

  /** An event; spaces in its properties stand for line ends, and underscores for spaces. */
  private static String event(String properties) {
    return "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Holiday\r\n"
        + properties.replace(" ", "\r\n").replace("_", " ")
        + "\r\nEND:VEVENT\r\n";
  }

  private static List<ExceptionDay> read(ExceptionType type, List<TimeRange> ranges, String file) {
    ImportedDays days = new ImportedDays(type, ranges, null, FROM, TO);
    new EventExpansion(ZONE, () -> 0).expand(FeedReader.read(file, ZONE), days);
    return days.exceptions();
  }

  /** Dates of closed exceptions: {@code 2026-12-24/2026-12-26 2026-12-31}. */
  private static String closed(String file) {
    return read(ExceptionType.CLOSED, List.of(), file).stream()
        .map(day -> day.date() + (day.endDate() == null ? "" : "/" + day.endDate()))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // all day: the end is exclusive, and may be missing, or inclusive by mistake
        "DTSTART;VALUE=DATE:20261225 DTEND;VALUE=DATE:20261226 | 2026-12-25",
        "DTSTART;VALUE=DATE:20261225 | 2026-12-25",
        "DTSTART:20261225 | 2026-12-25",
        "DTSTART;VALUE=DATE:20261225 DTEND;VALUE=DATE:20261225 | 2026-12-25",
        "DTSTART;VALUE=DATE:20261224 DTEND;VALUE=DATE:20261227 | 2026-12-24/2026-12-26",
        "DTSTART;VALUE=DATE:20261224 DURATION:P3D | 2026-12-24/2026-12-26",
        "DTSTART;VALUE=DATE:20261224 DURATION:P1W | 2026-12-24/2026-12-30",
        // of a time zone, which may differ from that of the schedule
        "DTSTART;TZID=US/Eastern:20261225T000000 DTEND;TZID=US/Eastern:20261226T000000 | 2026-12-25",
        "DTSTART:20261225T090000 DTEND:20261225T170000 | 2026-12-25",
        "DTSTART:20261225T090000 | 2026-12-25",
        "DTSTART:20261225T220000 DURATION:PT4H | 2026-12-25/2026-12-26",
        "DTSTART:20261226T045959Z DTEND:20261226T050000Z | 2026-12-25",
        "DTSTART:20261226T050000Z DTEND:20261226T060000Z | 2026-12-26",
        "DTSTART;TZID=Asia/Tokyo:20261226T080000 DTEND;TZID=Asia/Tokyo:20261226T100000 | 2026-12-25",
        "DTSTART;TZID=Tokyo_Standard_Time:20261226T080000 DURATION:PT2H | 2026-12-25",
        "DTSTART;TZID=\"Tokyo_Standard_Time\":20261226T080000 DURATION:PT2H | 2026-12-25",
        "DTSTART;TZID=/example.org/2026/Asia/Tokyo:20261226T080000 DURATION:PT2H | 2026-12-25",
        "DTSTART;TZID=Unknown/Zone;VALUE=DATE:20261225 | 2026-12-25",
        // cancelled, transparent, with a status
        "DTSTART:20261225 STATUS:CANCELLED | ''",
        "DTSTART:20261225 STATUS:CONFIRMED TRANSP:TRANSPARENT | 2026-12-25",
        // before and after the period
        "DTSTART:20261121 | ''",
        "DTSTART:20261120 DTEND:20261123 | 2026-11-20/2026-11-22",
        "DTSTART:20281123 | 2028-11-23",
        "DTSTART:20281124 | ''",
        // recurring
        "DTSTART:20101225 RRULE:FREQ=YEARLY | 2026-12-25 2027-12-25",
        "DTSTART:20101225 RRULE:FREQ=YEARLY; | 2026-12-25 2027-12-25",
        "DTSTART:20101225 RRULE:FREQ=YEARLY;COUNT=17 | 2026-12-25",
        "DTSTART:20101225 RRULE:FREQ=YEARLY;UNTIL=20261225 | 2026-12-25",
        "DTSTART:20101225 RRULE:FREQ=YEARLY;UNTIL=20261224 | ''",
        "DTSTART:20101225 RRULE:FREQ=YEARLY;UNTIL=20261225T000000Z | 2026-12-25",
        "DTSTART:20101225T090000 RRULE:FREQ=YEARLY;UNTIL=20261225T140000Z | 2026-12-25",
        "DTSTART:20101225T090000 RRULE:FREQ=YEARLY;UNTIL=20261225T135959Z | ''",
        "DTSTART:20061225 RRULE:FREQ=YEARLY;INTERVAL=10 | 2026-12-25",
        "DTSTART:20081127 RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH | 2026-11-26 2027-11-25 2028-11-23",
        "DTSTART:20260525 RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO | 2027-05-31 2028-05-29",
        "DTSTART:20261130 RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3 | 2026-11-30 2026-12-02 2026-12-07",
        "DTSTART:20261224 DTEND:20261227 RRULE:FREQ=YEARLY | 2026-12-24/2026-12-26 2027-12-24/2027-12-26",
        "DTSTART:20240229 RRULE:FREQ=YEARLY | 2028-02-29",
        "DTSTART:20261225 RDATE;VALUE=DATE:20261228,20261230 | 2026-12-25 2026-12-28 2026-12-30",
        // the wall clock counts: 23:00 in New York is the next day in UTC
        "DTSTART;TZID=US/Eastern:20260701T233000 RRULE:FREQ=MONTHLY;COUNT=7 DURATION:PT15M | 2026-12-01 2027-01-01",
        // two EXDATEs, in one property and in several, and of another kind
        "DTSTART:20261224 RRULE:FREQ=DAILY;COUNT=4 EXDATE;VALUE=DATE:20261225 EXDATE;VALUE=DATE:20261226 | 2026-12-24 2026-12-27",
        "DTSTART:20261224 RRULE:FREQ=DAILY;COUNT=4 EXDATE:20261225,20261226 | 2026-12-24 2026-12-27",
        "DTSTART:20261224T090000 RRULE:FREQ=DAILY;COUNT=3 EXDATE:20261225T140000Z EXDATE;VALUE=DATE:20261226 | 2026-12-24",
        "DTSTART:20261224T090000 RRULE:FREQ=DAILY;COUNT=2 EXDATE:20261225T000000 | 2026-12-24 2026-12-25",
        "DTSTART:20261224 EXDATE:20261224 | ''",
      })
  void eventsBecomeDates(String properties, String dates) {
    assertThat(closed(calendar(event(properties)))).isEqualTo(dates);
  }

  @Test
  void occurrencesAreReplacedByTheirRecurrenceId() {
    String series = event("DTSTART:20261224 RRULE:FREQ=DAILY;COUNT=3");

    assertThat(closed(calendar(series, event("RECURRENCE-ID:20261225 DTSTART:20261230"))))
        .isEqualTo("2026-12-24 2026-12-26 2026-12-30");
    assertThat(
            closed(
                calendar(
                    event("RECURRENCE-ID;VALUE=DATE:20261225 DTSTART:20261225 STATUS:CANCELLED"),
                    series)))
        .isEqualTo("2026-12-24 2026-12-26");
    assertThat(
            closed(
                calendar(
                    event("DTSTART:20261224T090000 RRULE:FREQ=DAILY;COUNT=2"),
                    event("RECURRENCE-ID:20261225T140000Z DTSTART:20270101T090000"))))
        .isEqualTo("2026-12-24 2027-01-01");
    assertThat(
            closed(
                calendar(
                    series,
                    event("RECURRENCE-ID:20261225 DTSTART:20261230").replace("UID:1", "UID:2"))))
        .isEqualTo("2026-12-24 2026-12-25 2026-12-26 2026-12-30");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DTSTART:20261224T090000 DTEND:20261224T130000 | 2026-12-24 09:00-13:00",
        "DTSTART:20261224T090030 DTEND:20261224T130030 | 2026-12-24 09:00-13:01",
        "DTSTART:20261224T220000 DTEND:20261225T020000 | 2026-12-24 22:00-24:00, 2026-12-25 00:00-02:00",
        "DTSTART:20261224 | 2026-12-24 00:00-24:00",
        "DTSTART:20261224T090000 | ''",
      })
  void hoursMayBeThoseOfTheEvents(String properties, String hours) {
    assertThat(hours(calendar(event(properties)))).isEqualTo(hours);
  }

  @Test
  void hoursOfSeveralEventsAreUnited() {
    assertThat(
            hours(
                calendar(
                    event("DTSTART:20261224T090000 DTEND:20261224T110000"),
                    event("DTSTART:20261224T150000 DTEND:20261224T160000"),
                    event("DTSTART:20261224T103000 DTEND:20261224T120000"),
                    event("DTSTART:20261224T090000 DTEND:20261224T100000"))))
        .isEqualTo("2026-12-24 09:00-12:00 15:00-16:00");
  }

  private static String hours(String file) {
    return read(ExceptionType.SPECIAL_HOURS, List.of(), file).stream()
        .map(
            day ->
                day.timeRanges().stream()
                    .map(range -> range.startTime() + "-" + range.endTime())
                    .collect(Collectors.joining(" ", day.date() + " ", "")))
        .collect(Collectors.joining(", "));
  }

  @Test
  void calendarDecidesTheHoursUnlessTheyAreThoseOfTheEvents() {
    List<TimeRange> ranges =
        List.of(new TimeRange(TimeOfDay.parse("10:00"), TimeOfDay.parse("12:00")));

    assertThat(
            read(
                ExceptionType.SPECIAL_HOURS,
                ranges,
                calendar(event("DTSTART:20261224T220000 DTEND:20261224T230000"))))
        .singleElement()
        .satisfies(day -> assertThat(day.timeRanges()).isEqualTo(ranges));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Christmas | Christmas",
        "Sch\u00f6nes \u65b0\u5e74\\, alle\\; zwei\\nZeilen\\\\ | Sch\u00f6nes \u65b0\u5e74, alle; zwei Zeilen\\",
        "'Very lo\r\n ng, and fol\r\n\tded' | Very long, and folded",
        "'   ' | Holiday",
        "a\u0085b | a b",
      })
  void summaryIsTheName(String summary, String name) {
    String file =
        calendar(event("DTSTART:20261225").replace("SUMMARY:Holiday", "SUMMARY:" + summary));

    assertThat(read(ExceptionType.CLOSED, List.of(), file))
        .extracting(ExceptionDay::name)
        .containsExactly(name);
  }

  @Test
  void eventsOnTheSameDatesAreOneException() {
    String file =
        calendar(
            event("DTSTART:20261225").replace("Holiday", "Christmas"),
            event("DTSTART:20261225").replace("Holiday", "Birthday"),
            event("DTSTART:20261224 DTEND:20261227").replace("Holiday", "x".repeat(400)));

    assertThat(read(ExceptionType.CLOSED, List.of(), file))
        .extracting(ExceptionDay::name)
        .containsExactly("x".repeat(255), "Birthday, Christmas");
  }

  @Test
  void alarmsAndTimeZonesAreNoEvents() {
    String zone =
        """
        BEGIN:VTIMEZONE
        TZID:Asia/Tokyo
        BEGIN:STANDARD
        DTSTART:19700101T000000
        TZOFFSETFROM:+0900
        TZOFFSETTO:+0100
        END:STANDARD
        END:VTIMEZONE
        """
            .replace("\n", "\r\n");
    String alarm = "BEGIN:VALARM\r\nDURATION:PT1H\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT";

    assertThat(
            closed(
                calendar(
                    zone,
                    event("DTSTART;TZID=Asia/Tokyo:20261226T080000").replace("END:VEVENT", alarm),
                    "BEGIN:VTODO\r\nDTSTART:20261231\r\nEND:VTODO\r\n")))
        .isEqualTo("2026-12-25");
    assertThat(ZoneRulesProvider.getAvailableZoneIds()).noneMatch(id -> id.startsWith("ical4j"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><html><body>Sign in</body></html>",
        "",
        "BEGIN:VCALENDAR\r\n",
        "BEGIN:VCALENDAR",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART:20261225\r\n",
        "{\"error\":1}",
        "\0\0\0\0",
      })
  void filesThatAreNoCalendarsAreRefused(String file) {
    assertThatThrownBy(() -> closed(file))
        .isInstanceOf(InvalidCalendarException.class)
        .hasMessageStartingWith("is no iCalendar file: ");
  }

  @Test
  void calendarWithoutEventsIsValid() {
    assertThat(closed(calendar())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SUMMARY:x | has an event without DTSTART",
        "DTSTART:20261301 | has a date '20261301'",
        "DTSTART:20260229 | has a date '20260229'",
        "DTSTART:tomorrow | has a date 'tomorrow'",
        "DTSTART:20261225T250000Z | has a date",
        "DTSTART:20261225 DTEND:20261224 | has an event that ends before it starts",
        "DTSTART:20261225 DURATION:-P1D | has an event that ends before it starts",
        "DTSTART:20261225 DURATION:soon | has a DURATION 'soon'",
        "DTSTART:20261225 DTEND:20280101 | has an event from 2026-12-25 to 2027-12-31",
        "DTSTART;TZID=Mars:20261225T090000 | names time zone 'Mars'",
        "DTSTART;TZID=ical4j-local-1-1:20261225T090000 | names time zone 'ical4j-local-1-1'",
        "DTSTART:20261225 RRULE:FREQ=SECONDLY | has a recurrence 'FREQ=SECONDLY'",
        "DTSTART:20261225 RRULE:FREQ=MINUTELY;INTERVAL=1440 | has a recurrence",
        "DTSTART:20261225 RRULE:FREQ=HOURLY | has a recurrence",
        "DTSTART:20261225 RRULE:FREQ=DAILY;BYHOUR=1,2 | has a recurrence",
        "DTSTART:20261225 RRULE:FREQ=DAILY;INTERVAL=2147483647 | has a recurrence",
        "DTSTART:20261225 RRULE:FREQ=DAILY;COUNT=-1 | has a recurrence",
        "DTSTART:20261225 RRULE:FREQ=YEARLY;RSCALE=HEBREW | has a recurrence",
        "DTSTART:20261225 RRULE:FREQ=YEARLY;BYMONTH=13 | has a recurrence",
        "DTSTART:20261225 RRULE:COUNT=2 | has a recurrence",
        "DTSTART:20261225 RRULE: | has a recurrence",
        "DTSTART:20261225 EXRULE:FREQ=DAILY | has an event with EXRULE",
        "DTSTART:20261225 RDATE;VALUE=PERIOD:20261226T000000Z/P1D | has an event with VALUE=PERIOD",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20261225 DTSTART:20261225 | has an event with RANGE",
        "DTSTART:20261225 RRULE:FREQ=DAILY | brings more than 400 exceptions",
      })
  void eventsThatCannotBeReadAreNamed(String properties, String message) {
    assertThatThrownBy(() -> closed(calendar(event(properties))))
        .isInstanceOf(InvalidCalendarException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void longRuleIsRefused() {
    String rule = IntStream.range(0, 300).mapToObj(i -> "1").collect(Collectors.joining(","));

    assertThatThrownBy(
            () -> closed(calendar(event("DTSTART:20261225 RRULE:FREQ=YEARLY;BYYEARDAY=" + rule))))
        .hasMessageContaining("at most 500 characters");
  }

  @Test
  void deepNestingIsRefused() {
    String file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "BEGIN:VEVENT\r\n".repeat(70_000);

    assertThatThrownBy(() -> closed(file)).hasMessage("has components that are nested too deeply");
  }

  /** The clock moves by a millisecond each time it is read, so that no machine is too fast. */
  @Test
  void expansionTakesALimitedTime() {
    String file = calendar(event("DTSTART:16040101 RRULE:FREQ=DAILY;COUNT=999999"));
    AtomicLong nanos = new AtomicLong();
    ImportedDays days = new ImportedDays(ExceptionType.CLOSED, List.of(), null, FROM, TO);
    List<FeedEvent> events = FeedReader.read(file, ZONE);

    assertThatThrownBy(
            () -> new EventExpansion(ZONE, () -> nanos.addAndGet(1_000_000)).expand(events, days))
        .hasMessage("has recurrences that take more than 5 s to expand");
    assertThat(nanos.get() / 1_000_000).isLessThan(6000);
  }

  /** The years before are no hindrance, nor is a rule that never matches. */
  @Test
  void oldAndImpossibleRulesAreExpanded() {
    assertThat(closed(calendar(event("DTSTART:16040101 RRULE:FREQ=YEARLY"))))
        .isEqualTo("2027-01-01 2028-01-01");
    assertThat(
            closed(calendar(event("DTSTART:20261225 RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"))))
        .isEqualTo("2026-12-25");
  }
}
