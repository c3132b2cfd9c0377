package io.voicerouting.businesshours;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Function;

/**
 * Prepares each schedule once and remembers it as long as the document itself is kept by somebody,
 * such as a cache. Documents are told apart by identity. Thread-safe.
 */
public final class ActiveSchedules {

  /** What is remembered must not refer to the document, or neither would ever be given up. */
  private final Cache<BusinessHoursView, Function<BusinessHoursView, ActiveSchedule>> prepared =
      Caffeine.newBuilder().weakKeys().build();

  /** The schedule, ready for use. */
  public ActiveSchedule of(BusinessHoursView view) {
    return prepared.get(view, ActiveSchedules::prepare).apply(view);
  }

  private static Function<BusinessHoursView, ActiveSchedule> prepare(BusinessHoursView view) {
    return switch (ActiveSchedule.of(view)) {
      case ActiveSchedule.Valid valid -> {
        BusinessHoursCalendar calendar = valid.calendar();
        yield same -> new ActiveSchedule.Valid(same, calendar);
      }
      case ActiveSchedule.Invalid invalid -> {
        String problem = invalid.problem();
        yield same -> new ActiveSchedule.Invalid(same, problem);
      }
    };
  }
}
