package io.voicerouting.businesshours;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may decide about a schedule: the document without what the service adds. Ranges are
 * in the order of their starts, exceptions in the order of their dates, so that equal content is
 * equal.
 *
 * @param timezone null to follow the organization
 */
record BusinessHoursDraft(
    String name,
    BusinessHoursStatus status,
    @Nullable String timezone,
    CallAction openHoursAction,
    CallAction closedHoursAction,
    WeekSchedule schedule,
    List<ExceptionDay> exceptions) {

  BusinessHoursDraft {
    exceptions = List.copyOf(exceptions);
  }

  /** What was decided about a schedule as it stands. */
  static BusinessHoursDraft of(BusinessHoursView view) {
    return new BusinessHoursDraft(
        view.name(),
        view.status(),
        view.timezone(),
        view.openHoursAction(),
        view.closedHoursAction(),
        view.schedule(),
        view.exceptions());
  }
}
