package io.voicerouting.businesshours;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Prepares each schedule once and caches it as long as it is in use. Schedules are compared by
 * content, because each read from Redis creates a new object; comparing is much cheaper than
 * preparing. Thread-safe.
 */
final class PreparedSchedules {

  private static final Cache<BusinessHoursView, ActiveSchedule> PREPARED =
      Caffeine.newBuilder().weakValues().build();

  private PreparedSchedules() {}

  /** Returns the prepared schedule of an equal document. */
  static ActiveSchedule of(BusinessHoursView view) {
    return PREPARED.get(view, PreparedSchedules::prepare);
  }

  private static ActiveSchedule prepare(BusinessHoursView view) {
    try {
      return new ActiveSchedule.Valid(view, BusinessHoursCalendar.of(view));
    } catch (IllegalArgumentException e) {
      return new ActiveSchedule.Invalid(view, String.valueOf(e.getMessage()));
    }
  }
}
