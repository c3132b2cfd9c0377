package io.voicerouting.cache.eviction;

import io.voicerouting.cache.document.DatabaseSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Marks of one organization, or of all: organization-wide evictions. Immutable.
 *
 * @param marks sorted by transaction id
 * @param arrival number of the latest arrival among them, 0 for none
 * @param arrivedNanos when it arrived, on the monotonic clock
 */
record EvictionMarks(List<Mark> marks, long arrival, long arrivedNanos) {

  static final EvictionMarks NONE = new EvictionMarks(List.of(), 0, 0);

  /** An organization-wide eviction, and when this instance first saw it. */
  record Mark(long xactId, long arrivedNanos) {}

  boolean contains(long xactId) {
    return marks.stream().anyMatch(mark -> mark.xactId() == xactId);
  }

  EvictionMarks with(Mark added, long arrivalNumber) {
    List<Mark> more = new ArrayList<>(marks);
    more.add(added);
    more.sort(Comparator.comparingLong(Mark::xactId));
    return new EvictionMarks(more, arrivalNumber, added.arrivedNanos());
  }

  /** Returns the same marks, with this arrival. */
  EvictionMarks renewed(long nowNanos, long arrivalNumber) {
    return new EvictionMarks(
        marks.stream().map(mark -> new Mark(mark.xactId(), nowNanos)).toList(),
        arrivalNumber,
        nowNanos);
  }

  EvictionMarks without(Predicate<Mark> expired) {
    return new EvictionMarks(
        marks.stream().filter(expired.negate()).toList(), arrival, arrivedNanos);
  }

  /**
   * Whether a document is void.
   *
   * @param snapshot of its load; null if unknown
   */
  boolean voids(@Nullable DatabaseSnapshot snapshot) {
    if (snapshot == null) {
      return !marks.isEmpty();
    }
    for (Mark mark : marks.reversed()) {
      if (mark.xactId() < snapshot.xmin()) {
        return false; // the marks before it are older still
      }
      if (!snapshot.sees(mark.xactId())) {
        return true;
      }
    }
    return false;
  }
}
