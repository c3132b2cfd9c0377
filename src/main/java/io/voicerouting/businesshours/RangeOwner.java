package io.voicerouting.businesshours;

import java.util.Set;

/**
 * A stored date or weekday that has time ranges.
 *
 * @param <R> type of the rows of the ranges
 */
interface RangeOwner<R extends RangeRow> {

  /** The rows. Removing one from the set deletes it. */
  Set<R> getTimeRanges();

  void addRange(TimeRange range);
}
