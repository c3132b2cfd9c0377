package io.voicerouting.businesshours;

import io.voicerouting.common.CallAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a schedule that a request sets. Ranges are sorted by start and exceptions by date, so
 * that equal content is equal.
 *
 * @param timezone null means the zone of the organization
 */
record BusinessHoursDraft(
    String name,
    BusinessHoursStatus status,
    BusinessHoursScope scope,
    @Nullable String timezone,
    CallAction openHoursAction,
    CallAction closedHoursAction,
    WeekSchedule schedule,
    List<ExceptionDay> exceptions) {

  BusinessHoursDraft {
    exceptions = List.copyOf(exceptions);
  }

  /** Extracts the draft from a stored schedule. */
  static BusinessHoursDraft of(BusinessHoursView view) {
    return new BusinessHoursDraft(
        view.name(),
        view.status(),
        view.scope(),
        view.timezone(),
        view.openHoursAction(),
        view.closedHoursAction(),
        view.schedule(),
        view.exceptions());
  }
}
