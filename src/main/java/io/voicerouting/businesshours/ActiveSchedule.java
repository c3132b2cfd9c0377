package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An active schedule, and whether sense can be made of it. */
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

  /** Prepares a schedule, or finds it prepared: equal documents share the work. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ActiveSchedule of(BusinessHoursView view) {
    return PreparedSchedules.of(view);
  }
}
