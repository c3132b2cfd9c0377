package io.voicerouting.holiday;

import io.voicerouting.businesshours.ExceptionDay;
import io.voicerouting.businesshours.ImportedExceptions;
import io.voicerouting.businesshours.ScheduleDirectory;
import io.voicerouting.holiday.HolidayClaims.Claim;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Saves what was read from calendars. */
@Service
class HolidayImporter {

  /** From this number of failures in a row on, each is logged as a warning. */
  static final int FAILURES_BEFORE_WARNING = 3;

  /** Time after an earlier failure until the calendar is read again. */
  private static final Duration RETRY = Duration.ofMinutes(5);

  private static final int LONGEST_ERROR = 500;

  private static final Logger LOG = LoggerFactory.getLogger(HolidayImporter.class);

  private final HolidayCalendarRepository calendars;
  private final ImportedExceptions exceptions;
  private final ScheduleDirectory schedules;
  private final InstantSource clock;

  HolidayImporter(
      HolidayCalendarRepository calendars,
      ImportedExceptions exceptions,
      ScheduleDirectory schedules,
      InstantSource clock) {
    this.calendars = calendars;
    this.exceptions = exceptions;
    this.schedules = schedules;
    this.clock = clock;
  }

  /** Saves the result of a claim, unless it is void by now. */
  @Transactional
  void save(Claim claim, ImportResult result) {
    schedules.lock(claim.organizationId(), claim.scheduleId());
    calendars
        .lock(claim.calendarId(), claim.scheduleId())
        .filter(calendar -> calendar.getAttempt() == claim.attempt())
        .ifPresent(calendar -> save(calendar, result));
  }

  private void save(HolidayCalendar calendar, ImportResult result) {
    switch (result) {
      case ImportResult.Read read -> {
        succeed(calendar);
        importOrHold(calendar, read);
      }
      case ImportResult.Unchanged() -> succeed(calendar);
      case ImportResult.Failed failed -> fail(calendar, failed.reason());
    }
    calendars.saveAndFlush(calendar);
  }

  private void succeed(HolidayCalendar calendar) {
    if (calendar.getFailures() >= FAILURES_BEFORE_WARNING) {
      about(LOG.atInfo(), calendar).log("Voice routing cache: Holiday calendar can be read again");
    }
    Instant now = clock.instant();
    calendar.setLastSuccessAt(now);
    calendar.setNextAttemptAt(now.plus(Duration.ofMinutes(calendar.getRefreshMinutes())));
    calendar.setFailures(0);
    calendar.setLastError(null);
  }

  private void fail(HolidayCalendar calendar, String reason) {
    calendar.setFailures(calendar.getFailures() + 1);
    calendar.setLastError(
        reason.length() > LONGEST_ERROR ? reason.substring(0, LONGEST_ERROR) : reason);
    boolean warn = calendar.getFailures() >= FAILURES_BEFORE_WARNING;
    Duration wait = warn ? Duration.ofMinutes(calendar.getRefreshMinutes()) : RETRY;
    calendar.setNextAttemptAt(clock.instant().plus(wait));
    about(warn ? LOG.atWarn() : LOG.atInfo(), calendar)
        .addKeyValue("failures", calendar.getFailures())
        .addKeyValue("reason", reason)
        .log("Voice routing cache: Holiday calendar cannot be read, its last import stays");
  }

  private void importOrHold(HolidayCalendar calendar, ImportResult.Read read) {
    Set<LocalDate> before = coming(exceptions.find(calendar.getId()), read.today());
    Set<LocalDate> lost = new HashSet<>(before);
    lost.removeAll(coming(read.exceptions(), read.today()));
    if (2 * lost.size() > before.size() && !calendar.isAcceptNext()) {
      hold(calendar, read.exceptions(), lost.size(), before.size());
      return;
    }
    calendar.clearHeld();
    calendar.setAcceptNext(false);
    calendar.setEtag(read.etag());
    calendar.setImportedOn(read.today());
    exceptions.replace(calendar.getBusinessHoursScheduleId(), calendar.getId(), read.exceptions());
  }

  private void hold(HolidayCalendar calendar, List<ExceptionDay> held, int lost, int before) {
    calendar.setEtag(null); // so that the next reading is not answered with 304
    calendar.setHeldExceptions(held);
    calendar.setHeldLostDays(lost);
    if (calendar.getHeldSince() == null) {
      calendar.setHeldSince(clock.instant());
      about(LOG.atWarn(), calendar)
          .addKeyValue("lost_days", lost)
          .addKeyValue("coming_days", before)
          .log("Voice routing cache: Holiday calendar lost most of its days, which is held back");
    }
  }

  /** Imports what is held back. The calendar and its schedule are locked. */
  void importHeld(HolidayCalendar calendar) {
    List<ExceptionDay> held = Objects.requireNonNull(calendar.getHeldExceptions());
    exceptions.replace(calendar.getBusinessHoursScheduleId(), calendar.getId(), held);
    calendar.clearHeld();
    calendars.saveAndFlush(calendar);
  }

  private static Set<LocalDate> coming(List<ExceptionDay> exceptions, LocalDate today) {
    Set<LocalDate> dates = new HashSet<>();
    for (ExceptionDay exception : exceptions) {
      LocalDate last = Objects.requireNonNullElse(exception.endDate(), exception.date());
      exception
          .date()
          .datesUntil(last.plusDays(1))
          .filter(date -> !date.isBefore(today))
          .forEach(dates::add);
    }
    return dates;
  }

  private static LoggingEventBuilder about(LoggingEventBuilder event, HolidayCalendar calendar) {
    return event
        .addKeyValue("holiday_calendar_id", calendar.getId())
        .addKeyValue("business_hours_schedule_id", calendar.getBusinessHoursScheduleId());
  }
}
