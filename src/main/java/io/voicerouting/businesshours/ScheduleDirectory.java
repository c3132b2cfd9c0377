package io.voicerouting.businesshours;

import io.voicerouting.common.NotFoundException;
import org.springframework.stereotype.Component;

/** Answers questions of other packages about schedules. */
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

  /**
   * The name of the time zone of a schedule: its own, or else the organization's. It need not be
   * valid. Queries the database.
   *
   * @throws NotFoundException {@code schedule-not-found} if the organization has no such schedule
   */
  public String requireTimezone(long organizationId, long scheduleId) {
    return schedules
        .findEffectiveTimezone(scheduleId, organizationId)
        .orElseThrow(() -> notFound(organizationId, scheduleId));
  }

  /**
   * Locks a schedule against other writers until the transaction ends.
   *
   * @throws NotFoundException {@code schedule-not-found} if the organization has no such schedule
   */
  public void lock(long organizationId, long scheduleId) {
    if (schedules.lock(scheduleId, organizationId).isEmpty()) {
      throw notFound(organizationId, scheduleId);
    }
  }

  /** Creates the exception for a schedule that the organization does not have. */
  static NotFoundException notFound(long organizationId, long id) {
    return new NotFoundException(
        "schedule-not-found",
        "Organization " + organizationId + " has no schedule with id " + id + ".");
  }
}
