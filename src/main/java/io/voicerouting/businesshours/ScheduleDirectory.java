package io.voicerouting.businesshours;

import org.springframework.stereotype.Component;

/** Checks for other packages whether schedules exist. */
@Component
public class ScheduleDirectory {

  private final BusinessHoursRepository schedules;

  ScheduleDirectory(BusinessHoursRepository schedules) {
    this.schedules = schedules;
  }

  /**
   * Whether the organization has a schedule with this id whose scope is {@code number}. Queries the
   * database.
   */
  public boolean hasScheduleForNumbers(long organizationId, long scheduleId) {
    return schedules.existsForNumbers(scheduleId, organizationId);
  }
}
