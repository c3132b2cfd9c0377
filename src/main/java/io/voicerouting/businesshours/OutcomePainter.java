package io.voicerouting.businesshours;

import static io.voicerouting.businesshours.TimeOfDay.MINUTES_PER_DAY;

import io.voicerouting.common.CallAction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Plans the days of a schedule. The values of the plans are indices of the different outcomes. The
 * action of a range takes precedence over that of its exception, and this one over the schedule's.
 * Immutable.
 */
final class OutcomePainter {

  private final BusinessHoursView view;
  private final Map<StateAndAction, Integer> indices = new LinkedHashMap<>();
  private final List<StateAndAction> outcomes;
  private final boolean ownActions;

  /**
   * @param days all that can be planned
   */
  OutcomePainter(BusinessHoursView view, Iterable<AnchorDay> days) {
    this.view = view;
    boolean own = false;
    for (AnchorDay day : days) {
      add(closed(day));
      own |= actionOf(day) != null;
      for (TimeRange range : day.ranges()) {
        add(open(day, range));
        own |= range.action() != null;
      }
    }
    this.outcomes = List.copyOf(indices.keySet());
    this.ownActions = own;
  }

  private void add(StateAndAction outcome) {
    indices.putIfAbsent(outcome, indices.size());
  }

  /**
   * Plans a day.
   *
   * @param before the day before, whose ranges may run past midnight; null if they must not
   */
  DayPlan paint(AnchorDay day, @Nullable AnchorDay before) {
    IntStream.Builder bounds = IntStream.builder().add(0);
    day.addBounds(bounds);
    if (before != null) {
      before.addBoundsOfNextDate(bounds);
    }
    int[] sorted = bounds.build().filter(minute -> minute < MINUTES_PER_DAY).sorted().toArray();
    return DayPlan.of(sorted, minute -> valueAt(day, before, minute));
  }

  private int valueAt(AnchorDay day, @Nullable AnchorDay before, int minute) {
    TimeRange tail = before == null ? null : before.findCoveringOnNextDate(minute);
    if (before != null && tail != null) {
      return index(open(before, tail)); // it started first
    }
    TimeRange range = day.findCovering(minute);
    return index(range == null ? closed(day) : open(day, range));
  }

  private int index(StateAndAction outcome) {
    return Objects.requireNonNull(indices.get(outcome));
  }

  /** The outcomes, in the order of their indices. */
  List<StateAndAction> outcomes() {
    return outcomes;
  }

  /** Whether a range or an exception has an action of its own. */
  boolean hasOwnActions() {
    return ownActions;
  }

  private StateAndAction closed(AnchorDay day) {
    return new StateAndAction(
        BusinessHoursState.CLOSED,
        Objects.requireNonNullElse(actionOf(day), view.closedHoursAction()));
  }

  private StateAndAction open(AnchorDay day, TimeRange range) {
    CallAction own = range.action() == null ? actionOf(day) : range.action();
    return new StateAndAction(
        BusinessHoursState.OPEN, Objects.requireNonNullElse(own, view.openHoursAction()));
  }

  private static @Nullable CallAction actionOf(AnchorDay day) {
    return day.exception() == null ? null : day.exception().action();
  }
}
