package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An active schedule, and whether sense can be made of it. Make one for each cached document. */
public sealed interface ActiveSchedule {

  /** The schedule as it is shown, and as it is cached. */
  @JsonValue
  BusinessHoursView view();

  /** The schedule can be evaluated. */
  record Valid(BusinessHoursView view, BusinessHoursCalendar calendar) implements ActiveSchedule {}

  /**
   * The schedule cannot be evaluated; only rows that other applications wrote come to this.
   *
   * @param problem what is wrong, for people
   */
  record Invalid(BusinessHoursView view, String problem) implements ActiveSchedule {}

  /** Prepares a schedule. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ActiveSchedule of(BusinessHoursView view) {
    try {
      return new Valid(view, BusinessHoursCalendar.of(view));
    } catch (IllegalArgumentException e) {
      return new Invalid(view, String.valueOf(e.getMessage()));
    }
  }
}
