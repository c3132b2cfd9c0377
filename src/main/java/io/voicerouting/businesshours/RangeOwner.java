package io.voicerouting.businesshours;

import java.util.Set;

/**
 * A stored date or weekday with time ranges of its own.
 *
 * @param <R> the rows that hold the ranges
 */
interface RangeOwner<R extends RangeRow> {

  /** The rows, live: a row taken out is deleted. */
  Set<R> getTimeRanges();

  /** Adds a new row. */
  void addRange(TimeRange range);
}
