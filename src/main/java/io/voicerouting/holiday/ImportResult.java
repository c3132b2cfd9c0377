package io.voicerouting.holiday;

import io.voicerouting.businesshours.ExceptionDay;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of reading a calendar. */
sealed interface ImportResult {

  /**
   * Exceptions.
   *
   * @param exceptions sorted by date
   * @param today the date in the zone of the schedule for which they were worked out
   * @param etag of the feed; null if there is none
   */
  record Read(List<ExceptionDay> exceptions, LocalDate today, @Nullable String etag)
      implements ImportResult {
    public Read {
      exceptions = List.copyOf(exceptions);
    }
  }

  /** The feed is as it was when it was read earlier the same day. */
  record Unchanged() implements ImportResult {}

  /**
   * Nothing.
   *
   * @param reason as in {@link InvalidCalendarException}
   */
  record Failed(String reason) implements ImportResult {}
}
