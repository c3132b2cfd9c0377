package io.voicerouting.holiday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The holidays of regions against the days that their laws name. */
class RegionHolidaysTest {

  /**
   * Days of the laws, which leave Easter to be worked out: 2026-04-05 and 2027-03-28. A minus sign
   * marks days of the law that Jollyday lacks, a plus sign those that it has in addition; {@code
   * docs/holiday-regions.md} describes them. Where the law moves a day from the weekend only for
   * those who do not work then (New Zealand), the table has the Monday or Tuesday.
   *
   * <p>Each row is compared with the source of its region in {@code docs/holiday-regions.md}, which
   * has the addresses: a list of days for GB and JP, and the rules of the law for the others. Only
   * CZ (act 245/2000) has no source there.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "US | | 2026 | 01-01 01-19 02-16 05-25 06-19 07-03 09-07 -10-12 11-11 11-26 12-25",
        "US | | 2027 | 01-01 01-18 02-15 05-31 06-18 07-05 09-06 -10-11 11-11 11-25 12-24 12-31",
        "FR | | 2026 | 01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25",
        "FR | | 2027 | 01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25",
        "AT | | 2026 | 01-01 01-06 +04-05 04-06 05-01 05-14 +05-24 05-25 06-04 08-15 10-26 11-01 12-08 12-25 12-26",
        "AT | | 2027 | 01-01 01-06 +03-28 03-29 05-01 05-06 +05-16 05-17 05-27 08-15 10-26 11-01 12-08 12-25 12-26",
        "DE | BY | 2026 | 01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26",
        "DE | BY | 2027 | 01-01 01-06 03-26 03-29 05-01 05-06 05-17 05-27 10-03 11-01 12-25 12-26",
        "US | NY | 2026 | 01-01 01-19 -02-12 02-16 05-25 -06-14 06-19 +07-03 -07-04 09-07 10-12 -11-03 11-11 11-26 12-25",
        "US | NY | 2027 | 01-01 01-18 -02-12 02-15 05-31 -06-13 +06-18 -06-19 -07-04 07-05 09-06 10-11 -11-02 11-11 11-25 +12-24 -12-25 +12-31",
        "DE | | 2026 | 01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26",
        "DE | | 2027 | 01-01 03-26 03-29 05-01 05-06 05-17 10-03 12-25 12-26",
        "LU | | 2026 | 01-01 04-06 05-01 05-09 05-14 05-25 06-23 08-15 11-01 12-25 12-26",
        "LU | | 2027 | 01-01 03-29 05-01 05-06 05-09 05-17 06-23 08-15 11-01 12-25 12-26",
        "BE | | 2026 | 01-01 +04-05 04-06 05-01 05-14 +05-24 05-25 07-21 08-15 11-01 11-11 12-25",
        "BE | | 2027 | 01-01 +03-28 03-29 05-01 05-06 +05-16 05-17 07-21 08-15 11-01 11-11 12-25",
        "NL | | 2026 | 01-01 +04-05 04-06 04-27 05-05 05-14 +05-24 05-25 12-25 12-26",
        "NL | | 2027 | 01-01 +03-28 03-29 04-27 05-05 05-06 +05-16 05-17 12-25 12-26",
        "IT | | 2026 | 01-01 01-06 +04-05 04-06 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26",
        "IT | | 2027 | 01-01 01-06 +03-28 03-29 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26",
        "PT | | 2026 | 01-01 04-03 04-05 04-25 05-01 06-04 06-10 08-15 10-05 11-01 12-01 12-08 12-25",
        "PT | | 2027 | 01-01 03-26 03-28 04-25 05-01 05-27 06-10 08-15 10-05 11-01 12-01 12-08 12-25",
        "PL | | 2026 | 01-01 01-06 04-05 04-06 05-01 05-03 05-24 06-04 08-15 11-01 11-11 12-24 12-25 12-26",
        "PL | | 2027 | 01-01 01-06 03-28 03-29 05-01 05-03 05-16 05-27 08-15 11-01 11-11 12-24 12-25 12-26",
        "SE | | 2026 | 01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-06 +06-19 06-20 10-31 +12-24 12-25 12-26 +12-31",
        "SE | | 2027 | 01-01 01-06 03-26 03-28 03-29 05-01 05-06 05-16 06-06 +06-25 06-26 11-06 +12-24 12-25 12-26 +12-31",
        "NO | | 2026 | 01-01 04-02 04-03 04-05 04-06 05-01 05-14 05-17 05-24 05-25 12-25 12-26",
        "NO | | 2027 | 01-01 03-25 03-26 03-28 03-29 05-01 05-06 05-16 05-17 12-25 12-26",
        "DK | | 2026 | 01-01 04-02 04-03 04-05 04-06 05-14 05-24 05-25 12-25 12-26",
        "DK | | 2027 | 01-01 03-25 03-26 03-28 03-29 05-06 05-16 05-17 12-25 12-26",
        "FI | | 2026 | 01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 +06-19 06-20 10-31 12-06 +12-24 12-25 12-26",
        "FI | | 2027 | 01-01 01-06 03-26 03-28 03-29 05-01 05-06 05-16 +06-25 06-26 11-06 12-06 +12-24 12-25 12-26",
        "IE | | 2026 | 01-01 02-02 03-17 +04-05 04-06 05-04 06-01 08-03 10-26 12-25 12-26",
        "IE | | 2027 | 01-01 02-01 03-17 +03-28 03-29 05-03 06-07 08-02 10-25 12-25 12-26",
        "JP | | 2026 | 01-01 01-12 02-11 -02-23 -03-20 04-29 05-03 05-04 05-05 -05-06 07-20 08-11 09-21 -09-22 -09-23 10-12 11-03 11-23 +12-23",
        "JP | | 2027 | 01-01 01-11 02-11 -02-23 -03-21 -03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 -09-23 10-11 11-03 11-23 +12-23",
        "MX | | 2026 | 01-01 02-02 03-16 05-01 09-16 11-16 12-25",
        "MX | | 2027 | 01-01 02-01 03-15 +04-30 -05-01 09-16 11-15 +12-24 -12-25 +12-31",
        "CA | | 2026 | 01-01 04-03 -05-18 07-01 09-07 -09-30 -10-12 -11-11 12-25 -12-26",
        "CA | | 2027 | 01-01 03-26 -05-24 07-01 09-06 -09-30 -10-11 -11-11 12-25 -12-26",
        "NZ | | 2026 | 01-01 01-02 02-06 04-03 04-06 04-27 06-01 07-10 10-26 12-25 12-28",
        "NZ | | 2027 | 01-01 01-04 02-08 03-26 03-29 04-26 06-07 06-25 10-25 12-27 12-28",
        "ZA | | 2026 | 01-01 03-21 04-03 +04-05 04-06 04-27 05-01 06-16 -08-09 08-10 09-24 12-16 12-25 12-26",
        "ZA | | 2027 | 01-01 -03-21 03-22 03-26 +03-28 03-29 04-27 05-01 06-16 08-09 09-24 12-16 12-25 -12-26 12-27",
        "CZ | | 2026 | 01-01 04-03 04-06 05-01 05-08 07-05 07-06 09-28 10-28 11-17 12-24 12-25 12-26",
        "CZ | | 2027 | 01-01 03-26 03-29 05-01 05-08 07-05 07-06 09-28 10-28 11-17 12-24 12-25 12-26",
        "DE | BE | 2026 | 01-01 03-08 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26",
        "DE | BE | 2027 | 01-01 03-08 03-26 03-29 05-01 05-06 05-17 10-03 12-25 12-26",
        "DE | NW | 2026 | 01-01 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26",
        "DE | NW | 2027 | 01-01 03-26 03-29 05-01 05-06 05-17 05-27 10-03 11-01 12-25 12-26",
        "DE | SN | 2026 | 01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 11-18 12-25 12-26",
        "DE | SN | 2027 | 01-01 03-26 03-29 05-01 05-06 05-17 10-03 10-31 11-17 12-25 12-26",
        "GB | ENG | 2026 | 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        "GB | ENG | 2027 | 01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
        "GB | SCT | 2026 | 01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
        "GB | SCT | 2027 | 01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28",
        "GB | NIR | 2026 | 01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
        "GB | NIR | 2027 | 01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28",
        "CH | ZH | 2026 | 01-01 04-03 +04-05 04-06 05-01 05-14 05-25 08-01 12-25 12-26",
        "CH | ZH | 2027 | 01-01 03-26 +03-28 03-29 05-01 05-06 05-17 08-01 12-25 12-26",
        "CA | ON | 2026 | 01-01 02-16 04-03 05-18 07-01 09-07 10-12 12-25 12-26",
        "CA | ON | 2027 | 01-01 02-15 03-26 05-24 07-01 09-06 10-11 12-25 12-26",
        "CA | QC | 2026 | 01-01 04-03 +04-06 05-18 06-24 07-01 09-07 10-12 12-25",
        "CA | QC | 2027 | 01-01 03-26 +03-29 05-24 06-24 07-01 09-06 10-11 12-25",
      })
  void holidaysAreThoseOfTheLaw(
      String country, @Nullable String subdivision, int year, String days) {
    String expected =
        Arrays.stream(days.split(" ", -1))
            .filter(day -> !day.startsWith("-"))
            .map(day -> day.replace("+", ""))
            .collect(Collectors.joining(" "));

    String found =
        between(country, subdivision, year + "-01-01", year + "-12-31").stream()
            .map(event -> event.first().toString().substring(5))
            .distinct()
            .sorted()
            .collect(Collectors.joining(" "));

    assertThat(found).isEqualTo(expected);
  }

  @Test
  void newYearThatIsObservedInTheOldYearIsFound() {
    assertThat(between("US", null, "2027-12-27", "2028-01-01"))
        .containsExactly(
            HolidayEvent.allDay(
                LocalDate.of(2027, 12, 31),
                LocalDate.of(2027, 12, 31),
                "New Year's Day (observed)"));
  }

  @Test
  void observancesAreNoHolidays() {
    assertThat(between("AT", null, "2026-12-24", "2026-12-24")).isEmpty();
  }

  @Test
  void regionsThatAreNoLongerKnownAreNamed() {
    assertThatThrownBy(() -> between("NP", null, "2026-01-01", "2026-12-31"))
        .isInstanceOf(InvalidCalendarException.class)
        .hasMessageStartingWith("country: 'NP' (expected: ISO 3166-1 code");
    assertThatThrownBy(() -> between("GB", "ZZ", "2026-01-01", "2026-12-31"))
        .hasMessage("subdivision: 'ZZ' (expected: one of ENG, NIR, SCT, WLS)");
    assertThatThrownBy(() -> between("JP", "13", "2026-01-01", "2026-12-31"))
        .hasMessage("subdivision: '13' (expected: null, since no subdivisions of JP are known)");
  }

  /** In data of Jollyday, these countries have codes in upper case, and districts of districts. */
  @ParameterizedTest
  @CsvSource({"FR, 22", "GE, 12", "PT, 328", "VN, 63", "ZW, 10"})
  void everySubdivisionIsKnownOnlyInUpperCase(String country, int atLeast) {
    List<String> subdivisions = new ArrayList<>();
    collect(
        HolidayManager.getInstance(ManagerParameters.create(country.toLowerCase(Locale.ROOT)))
            .getCalendarHierarchy(),
        "",
        subdivisions);

    assertThat(subdivisions)
        .hasSizeGreaterThanOrEqualTo(atLeast)
        .allSatisfy(
            subdivision ->
                assertThat(RegionHolidays.check(country, subdivision)).as(subdivision).isEmpty())
        .filteredOn(subdivision -> subdivision.matches(".*[A-Z].*"))
        .allSatisfy(
            subdivision ->
                assertThat(RegionHolidays.check(country, subdivision.toLowerCase(Locale.ROOT)))
                    .as(subdivision)
                    .isNotEmpty());
  }

  @Test
  void holidaysOfACityAreThoseOfItsDistrictToo() {
    assertThat(between("PT", "10-BTL", "2026-01-01", "2026-12-31"))
        .containsAll(between("PT", "10", "2026-01-01", "2026-12-31"))
        .hasSizeGreaterThan(between("PT", "10", "2026-01-01", "2026-12-31").size());
  }

  @Test
  void holidaysWithoutANameAreCalledSo() {
    assertThat(between("IN", "UP", "2026-03-15", "2026-03-15"))
        .extracting(HolidayEvent::name)
        .containsExactly("Public holiday");
  }

  private static void collect(CalendarHierarchy parent, String prefix, List<String> codes) {
    for (CalendarHierarchy child : parent.getChildren().values()) {
      String code = prefix + child.getId().toUpperCase(Locale.ROOT);
      codes.add(code);
      collect(child, code + "-", codes);
    }
  }

  private static List<HolidayEvent> between(
      String country, @Nullable String subdivision, String first, String last) {
    return RegionHolidays.between(
        country, subdivision, LocalDate.parse(first), LocalDate.parse(last));
  }
}
