package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A business-hours schedule, whole, as APIs and the cache show it.
 *
 * @param timezone time zone as stored; null when the schedule follows its organization
 * @param effectiveTimezone the zone that counts: the schedule's own, else the organization's; null,
 *     and left out of JSON, in the admin API
 * @param exceptions dated exceptions, by date
 */
public record BusinessHoursView(
    long id,
    long version,
    Instant createdAt,
    Instant updatedAt,
    long organizationId,
    String name,
    BusinessHoursStatus status,
    @Nullable String timezone,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String effectiveTimezone,
    CallAction openHoursAction,
    CallAction closedHoursAction,
    WeekSchedule schedule,
    List<ExceptionDay> exceptions) {

  /** Copies the list. */
  public BusinessHoursView {
    exceptions = List.copyOf(exceptions);
  }
}
