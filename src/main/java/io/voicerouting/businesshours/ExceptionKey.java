package io.voicerouting.businesshours;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What distinguishes the typed exceptions of one schedule. */
record ExceptionKey(
    LocalDate date, @Nullable LocalDate endDate, @Nullable ExceptionRecurrence recurrence) {

  static ExceptionKey of(ExceptionDay exception) {
    return new ExceptionKey(exception.date(), exception.endDate(), exception.recurrence());
  }

  static ExceptionKey of(BusinessHoursException row) {
    return new ExceptionKey(row.getDate(), row.getEndDate(), row.getRecurrence());
  }
}
