package io.voicerouting.businesshours;

import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.common.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Provides schedules to other packages. */
@Component
public class ScheduleDirectory {

  private final BusinessHoursRepository schedules;
  private final BusinessHoursResource active;

  ScheduleDirectory(BusinessHoursRepository schedules, BusinessHoursResource active) {
    this.schedules = schedules;
    this.active = active;
  }

  /** Whether the organization has a schedule with this id, of any scope, active or not. */
  public boolean hasSchedule(long organizationId, long scheduleId) {
    return schedules.find(scheduleId, organizationId).isPresent();
  }

  /** The active schedule of the organization, which is not one for numbers; null if none is. */
  public @Nullable ActiveSchedule findActive(long organizationId) {
    LoadedDocument<ActiveSchedule> loaded = active.load(organizationId, null);
    return loaded == null ? null : loaded.value();
  }

  /** An active schedule with this id, of any scope; null if there is none. */
  public @Nullable ActiveSchedule findActive(long organizationId, long scheduleId) {
    ActiveSchedule ofOrganization = findActive(organizationId);
    if (ofOrganization != null && ofOrganization.view().id() == scheduleId) {
      return ofOrganization;
    }
    LoadedDocument<ActiveSchedule> loaded = active.load(organizationId, Long.toString(scheduleId));
    return loaded == null ? null : loaded.value();
  }

  /** Whether the organization has a schedule with this id whose scope is {@code number}. */
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
