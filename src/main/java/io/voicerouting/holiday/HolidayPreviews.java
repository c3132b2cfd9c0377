package io.voicerouting.holiday;

import io.voicerouting.businesshours.ExceptionType;
import io.voicerouting.businesshours.ScheduleDirectory;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import java.util.List;
import org.springframework.stereotype.Service;

/** Shows the exceptions that calendars would import. Saves nothing. */
@Service
class HolidayPreviews {

  private final ScheduleDirectory schedules;
  private final CalendarReader reader;

  HolidayPreviews(ScheduleDirectory schedules, CalendarReader reader) {
    this.schedules = schedules;
    this.reader = reader;
  }

  /**
   * Reads a calendar that is not stored.
   *
   * @throws InvalidFieldsException if it cannot be read
   */
  HolidayPreview preview(long organizationId, long scheduleId, HolidayCalendarBody body) {
    String timezone = schedules.requireTimezone(organizationId, scheduleId);
    HolidayCalendar calendar = new HolidayCalendar();
    body.applyTo(calendar);
    String field = calendar.getSource() == HolidaySource.ICAL ? "url" : "country";
    return toPreview(field, reader.read(calendar, timezone));
  }

  /**
   * Reads an iCalendar file, whose dates are closed.
   *
   * @throws InvalidFieldsException if it cannot be read
   */
  HolidayPreview preview(long organizationId, long scheduleId, String file) {
    String timezone = schedules.requireTimezone(organizationId, scheduleId);
    HolidayCalendar calendar = new HolidayCalendar();
    calendar.setType(ExceptionType.CLOSED);
    calendar.setTimeRanges(List.of());
    return toPreview("file", reader.readFile(calendar, timezone, file));
  }

  private static HolidayPreview toPreview(String field, ImportResult result) {
    return switch (result) {
      case ImportResult.Read read -> new HolidayPreview(read.exceptions());
      case ImportResult.Unchanged() -> throw new IllegalStateException("no entity tag was sent");
      case ImportResult.Failed failed ->
          throw new InvalidFieldsException(List.of(new FieldError(field, failed.reason())));
    };
  }
}
