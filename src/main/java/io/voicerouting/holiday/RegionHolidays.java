package io.voicerouting.holiday;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import io.voicerouting.common.FieldError;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The public holidays of countries and their subdivisions, from Jollyday. */
final class RegionHolidays {

  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

  /** Jollyday's text for a holiday without a name. */
  private static final String NO_NAME = "undefined";

  private static final String EXPECTED_COUNTRY =
      "ISO 3166-1 code of a country whose holidays are known, such as DE";

  private RegionHolidays() {}

  /** Checks a region in a request. */
  static List<FieldError> check(@Nullable String country, @Nullable String subdivision) {
    if (country == null) {
      return List.of(new FieldError("country", "is required if source is region"));
    }
    if (!isKnown(country)) {
      return List.of(FieldError.unexpected("country", country, EXPECTED_COUNTRY));
    }
    if (subdivision != null && !hasSubdivision(country, subdivision)) {
      Set<String> known = subdivisions(country);
      String expected =
          known.isEmpty()
              ? "null, since no subdivisions of " + country + " are known"
              : "one of " + String.join(", ", known);
      return List.of(FieldError.unexpected("subdivision", subdivision, expected));
    }
    return List.of();
  }

  /**
   * Lists the public holidays from a date to another, both inclusive.
   *
   * @param country a known country
   * @param subdivision null for the holidays of the whole country
   * @throws InvalidCalendarException if the region is unknown
   */
  static List<HolidayEvent> between(
      String country, @Nullable String subdivision, LocalDate first, LocalDate last) {
    List<FieldError> errors = check(country, subdivision);
    if (!errors.isEmpty()) {
      throw new InvalidCalendarException(
          errors.getFirst().field() + ": " + errors.getFirst().message());
    }
    List<HolidayEvent> events = new ArrayList<>();
    // A New Year that is observed earlier is among the holidays of its own year.
    for (int year = first.getYear(); year <= last.getYear() + 1; year++) {
      for (Holiday holiday : manager(country).getHolidays(Year.of(year), path(subdivision))) {
        LocalDate date = holiday.getDate();
        if (holiday.getType() == HolidayType.PUBLIC_HOLIDAY
            && !date.isBefore(first)
            && !date.isAfter(last)) {
          events.add(HolidayEvent.allDay(date, date, name(holiday)));
        }
      }
    }
    return events;
  }

  private static String name(Holiday holiday) {
    String name = holiday.getDescription(Locale.ENGLISH);
    if (name.equals(NO_NAME)) {
      name = "Public holiday";
    }
    return holiday.getDate().equals(holiday.getActualDate()) ? name : name + " (observed)";
  }

  private static boolean isKnown(String country) {
    String resource = "holidays/Holidays_" + country.toLowerCase(Locale.ROOT) + ".xml";
    return COUNTRY.matcher(country).matches()
        && HolidayManager.class.getClassLoader().getResource(resource) != null;
  }

  private static boolean hasSubdivision(String country, String subdivision) {
    if (!subdivision.equals(subdivision.toUpperCase(Locale.ROOT))) {
      return false;
    }
    Optional<CalendarHierarchy> found = Optional.of(manager(country).getCalendarHierarchy());
    for (String part : path(subdivision)) {
      found = found.flatMap(parent -> child(parent, part));
    }
    return found.isPresent();
  }

  /** Jollyday writes some codes in lower case and some in upper case, and ignores it in lookups. */
  private static Optional<CalendarHierarchy> child(CalendarHierarchy parent, String code) {
    return parent.getChildren().values().stream()
        .filter(child -> child.getId().equalsIgnoreCase(code))
        .findFirst();
  }

  private static Set<String> subdivisions(String country) {
    Set<String> codes = new TreeSet<>();
    for (String id : manager(country).getCalendarHierarchy().getChildren().keySet()) {
      codes.add(id.toUpperCase(Locale.ROOT));
    }
    return codes;
  }

  /** Jollyday caches managers. */
  private static HolidayManager manager(String country) {
    return HolidayManager.getInstance(ManagerParameters.create(country.toLowerCase(Locale.ROOT)));
  }

  private static String[] path(@Nullable String subdivision) {
    return subdivision == null ? new String[0] : subdivision.split("-", -1);
  }
}
