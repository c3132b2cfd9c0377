package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An active schedule, which can be evaluated or is invalid. */
public sealed interface ActiveSchedule {

  /** The schedule as answers show it and as it is cached. */
  @JsonValue
  BusinessHoursView view();

  /** The schedule can be evaluated. */
  record Valid(BusinessHoursView view, BusinessHoursCalendar calendar) implements ActiveSchedule {}

  /**
   * The schedule is invalid. Only rows that other applications wrote can be.
   *
   * @param problem what is invalid, for people
   */
  record Invalid(BusinessHoursView view, String problem) implements ActiveSchedule {}

  /** Creates the active schedule of a document. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ActiveSchedule of(BusinessHoursView view) {
    try {
      return new Valid(view, BusinessHoursCalendar.of(view));
    } catch (IllegalArgumentException e) {
      return new Invalid(view, String.valueOf(e.getMessage()));
    }
  }
}
