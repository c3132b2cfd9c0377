package io.voicerouting.holiday;

import io.voicerouting.businesshours.ScheduleDirectory;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.holiday.HolidayClaims.Claim;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Reads calendars and saves the results. No transaction is open and no connection is held while a
 * feed is fetched.
 */
@Component
class HolidayRefresher {

  private final HolidayClaims claims;
  private final HolidayCalendarRepository calendars;
  private final ScheduleDirectory schedules;
  private final CalendarReader reader;
  private final HolidayImporter importer;

  HolidayRefresher(
      HolidayClaims claims,
      HolidayCalendarRepository calendars,
      ScheduleDirectory schedules,
      CalendarReader reader,
      HolidayImporter importer) {
    this.claims = claims;
    this.calendars = calendars;
    this.schedules = schedules;
    this.reader = reader;
    this.importer = importer;
  }

  /** Reads the calendars that are due, one after the other. */
  void refreshDue() {
    Optional<Claim> due = claims.claimDue();
    while (due.isPresent()) {
      refresh(due.get());
      due = claims.claimDue();
    }
  }

  /** Reads a calendar now, if it exists. */
  void refresh(long organizationId, long scheduleId, long calendarId) {
    claims.claim(organizationId, scheduleId, calendarId).ifPresent(this::refresh);
  }

  private void refresh(Claim claim) {
    try {
      String timezone = schedules.requireTimezone(claim.organizationId(), claim.scheduleId());
      calendars
          .findByIdAndBusinessHoursScheduleId(claim.calendarId(), claim.scheduleId())
          .ifPresent(calendar -> importer.save(claim, reader.read(calendar, timezone)));
    } catch (NotFoundException e) {
      // the schedule was deleted meanwhile
    }
  }
}
