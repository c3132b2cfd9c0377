package io.voicerouting.businesshours;

import io.voicerouting.cache.LoadedDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds schedules for other packages. Queries the database. */
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
}
