package io.voicerouting.holiday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The holidays of regions against the days that their laws name. */
class RegionHolidaysTest {

  /**
   * Days of the laws, which leave Easter to be worked out: 2026-04-05 and 2027-03-28. A minus sign
   * marks days of the law that Jollyday lacks, a plus sign those that it has in addition: Columbus
   * Day of the United States; in Austria Easter and Whit Sunday. In New York, days at the weekend
   * move as by federal law, while by state law only Sundays do, and Lincoln's Birthday is missing.
   *
   * <p>Sources: 5 U.S.C. 6103 (uscourts.gov); Code du travail L3133-1 (legifrance.gouv.fr);
   * Feiertagsruhegesetz 1957 § 1 (ris.bka.gv.at); Feiertagsgesetz of Bavaria, Art. 1 (1) 1; General
   * Construction Law of New York § 24 (nysenate.gov).
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
        "US | NY | 2026 | 01-01 01-19 -02-12 02-16 05-25 06-19 +07-03 -07-04 09-07 10-12 11-11 11-26 12-25",
        "US | NY | 2027 | 01-01 01-18 -02-12 02-15 05-31 +06-18 -06-19 07-05 09-06 10-11 11-11 11-25 +12-24 -12-25 +12-31",
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
  }

  private static List<HolidayEvent> between(
      String country, @Nullable String subdivision, String first, String last) {
    return RegionHolidays.between(
        country, subdivision, LocalDate.parse(first), LocalDate.parse(last));
  }
}
