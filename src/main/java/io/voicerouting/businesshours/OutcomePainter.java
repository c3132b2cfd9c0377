package io.voicerouting.businesshours;

import static io.voicerouting.businesshours.TimeOfDay.MINUTES_PER_DAY;

import io.voicerouting.common.CallAction;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Plans the days of a schedule. The values of the plans are indices of the different outcomes. The
 * action of a range takes precedence over that of its exception, and this one over the schedule's.
 */
final class OutcomePainter {

  private final BusinessHoursView view;
  private final Map<StateAndAction, Integer> indices = new LinkedHashMap<>();
  private final int[] minutes = new int[MINUTES_PER_DAY];
  private boolean ownActions;

  OutcomePainter(BusinessHoursView view) {
    this.view = view;
  }

  /**
   * Plans a day.
   *
   * @param before the day before, whose ranges may run past midnight; null if they must not
   */
  DayPlan paint(AnchorDay day, @Nullable AnchorDay before) {
    if (day.ranges().isEmpty() && (before == null || before.ranges().isEmpty())) {
      return DayPlan.constant(closed(day));
    }
    Arrays.fill(minutes, closed(day));
    day.paint(minutes, range -> open(day, range));
    if (before != null) {
      before.paintNextDate(minutes, range -> open(before, range)); // they started first
    }
    return DayPlan.of(minutes);
  }

  /** The outcomes of all days that have been planned, in the order of their indices. */
  List<StateAndAction> outcomes() {
    return List.copyOf(indices.keySet());
  }

  /** Whether a range or an exception that has been planned has an action of its own. */
  boolean hasOwnActions() {
    return ownActions;
  }

  private int closed(AnchorDay day) {
    return index(BusinessHoursState.CLOSED, actionOf(day), view.closedHoursAction());
  }

  private int open(AnchorDay day, TimeRange range) {
    CallAction own = range.action() == null ? actionOf(day) : range.action();
    return index(BusinessHoursState.OPEN, own, view.openHoursAction());
  }

  private static @Nullable CallAction actionOf(AnchorDay day) {
    return day.exception() == null ? null : day.exception().action();
  }

  private int index(BusinessHoursState state, @Nullable CallAction own, CallAction ofSchedule) {
    ownActions |= own != null;
    StateAndAction outcome = new StateAndAction(state, Objects.requireNonNullElse(own, ofSchedule));
    return indices.computeIfAbsent(outcome, key -> indices.size());
  }
}
