package io.voicerouting.businesshours;

/** A stored time range, of a weekday or of an exception. */
interface RangeRow {

  long getId();

  TimeRange getRange();

  void setRange(TimeRange range);
}
