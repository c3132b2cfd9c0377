package io.voicerouting.businesshours;

/** An active schedule, and whether sense can be made of it. Make one for each cached document. */
public sealed interface ActiveSchedule {

  /** The schedule as it is shown. */
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
  static ActiveSchedule of(BusinessHoursView view) {
    try {
      return new Valid(view, BusinessHoursCalendar.of(view));
    } catch (IllegalArgumentException e) {
      return new Invalid(view, String.valueOf(e.getMessage()));
    }
  }
}
