package io.voicerouting.holiday;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.TimeZones;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads calendars and works out the exceptions from yesterday until two years ahead. */
@Component
class CalendarReader {

  private static final int YEARS_AHEAD = 2;

  private static final Logger LOG = LoggerFactory.getLogger(CalendarReader.class);

  private final FeedFetcher fetcher;
  private final InstantSource clock;

  CalendarReader(FeedFetcher fetcher, InstantSource clock) {
    this.fetcher = fetcher;
    this.clock = clock;
  }

  /**
   * Reads a calendar. Takes as long as its feed, at most {@link FeedFetcher#TIMEOUT} and {@link
   * EventExpansion#TIMEOUT}.
   *
   * @param timezone of the schedule; need not be valid
   */
  ImportResult read(HolidayCalendar calendar, String timezone) {
    return read(
        calendar,
        timezone,
        (zone, today) ->
            switch (calendar.getSource()) {
              case REGION -> readRegion(calendar, today);
              case ICAL -> readFeed(calendar, zone, today);
            });
  }

  /** Reads a file as if it were the feed of a calendar. */
  ImportResult readFile(HolidayCalendar calendar, String timezone, String file) {
    return read(calendar, timezone, (zone, today) -> readEvents(calendar, zone, today, file, null));
  }

  private interface Reading {
    ImportResult read(ZoneId zone, LocalDate today);
  }

  private ImportResult read(HolidayCalendar calendar, String timezone, Reading reading) {
    ZoneId zone;
    try {
      zone = TimeZones.resolve(timezone);
    } catch (DateTimeException e) {
      return new ImportResult.Failed(
          "is of a schedule with time zone " + FieldError.describe(timezone, "IANA time zone"));
    }
    try {
      return reading.read(zone, LocalDate.ofInstant(clock.instant(), zone));
    } catch (InvalidCalendarException e) {
      return new ImportResult.Failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) { // the last good import must stay, whatever a feed contains
      LOG.atError()
          .addKeyValue("holiday_calendar_id", calendar.getId())
          .setCause(e)
          .log("Voice routing cache: Reading a holiday calendar failed unexpectedly");
      return new ImportResult.Failed("cannot be read because of an internal error");
    }
  }

  private static ImportResult readRegion(HolidayCalendar calendar, LocalDate today) {
    ImportedDays days = emptyDays(calendar, today);
    RegionHolidays.between(
            Objects.requireNonNull(calendar.getCountry()),
            calendar.getSubdivision(),
            firstDay(today),
            lastDay(today))
        .forEach(days::add);
    return new ImportResult.Read(days.exceptions(), today, null);
  }

  /** On a later day, an unchanged feed is read again: more of its days are within the two years. */
  private ImportResult readFeed(HolidayCalendar calendar, ZoneId zone, LocalDate today) {
    String known = today.equals(calendar.getImportedOn()) ? calendar.getEtag() : null;
    return switch (fetcher.fetch(Objects.requireNonNull(calendar.getUrl()), known)) {
      case FeedResponse.File file -> readEvents(calendar, zone, today, file.content(), file.etag());
      case FeedResponse.NotModified() ->
          known == null
              ? new ImportResult.Failed("answered 304 to an unconditional request")
              : new ImportResult.Unchanged();
      case FeedResponse.Redirect redirect ->
          throw new IllegalStateException("not followed: " + redirect);
      case FeedResponse.Failed failed -> new ImportResult.Failed(failed.reason());
    };
  }

  private static ImportResult readEvents(
      HolidayCalendar calendar, ZoneId zone, LocalDate today, String file, @Nullable String etag) {
    ImportedDays days = emptyDays(calendar, today);
    new EventExpansion(zone, System::nanoTime).expand(FeedReader.read(file, zone), days);
    return new ImportResult.Read(days.exceptions(), today, etag);
  }

  private static ImportedDays emptyDays(HolidayCalendar calendar, LocalDate today) {
    return new ImportedDays(
        calendar.getType(),
        calendar.getTimeRanges(),
        calendar.getAction(),
        firstDay(today),
        lastDay(today));
  }

  private static LocalDate firstDay(LocalDate today) {
    return today.minusDays(1);
  }

  private static LocalDate lastDay(LocalDate today) {
    return today.plusYears(YEARS_AHEAD);
  }
}
