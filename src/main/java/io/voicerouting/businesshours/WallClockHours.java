package io.voicerouting.businesshours;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A schedule in wall-clock time, without a zone, from one day to another. Determines which ranges
 * apply on which date. Days and minutes are counted from 1970-01-01T00:00.
 */
final class WallClockHours {

  private final AnchorDay[] week = new AnchorDay[DayOfWeek.values().length];
  private final Map<Long, AnchorDay> exceptions = new HashMap<>();
  private final List<StateAndAction> outcomes;
  private final ChangeIndex changes;
  private final ChangeIndex stateChanges;

  /**
   * Prepares the hours of a schedule. Exceptions of other days are ignored.
   *
   * @param dates the schedule's exceptions
   */
  WallClockHours(BusinessHoursView view, ExceptionDates dates, long firstDay, long lastDay) {
    for (DayOfWeek day : DayOfWeek.values()) {
      week[day.getValue() - 1] = AnchorDay.of(view.schedule().day(day));
    }
    IdentityHashMap<ExceptionDay, AnchorDay> anchors = new IdentityHashMap<>();
    dates.forEach(
        firstDay - 1, // its ranges may continue into the first day
        lastDay,
        (day, exception) -> exceptions.put(day, anchors.computeIfAbsent(exception, AnchorDay::of)));
    List<AnchorDay> days = new ArrayList<>(List.of(week));
    days.addAll(anchors.values());
    OutcomePainter painter = new OutcomePainter(view, days);
    DayPlans plans =
        new DayPlans(
            day -> weekPlan(painter, day), specialDays(), day -> specialPlan(painter, day));
    outcomes = painter.outcomes();
    changes = new ChangeIndex(plans);
    stateChanges = painter.hasOwnActions() ? new ChangeIndex(plans.map(this::stateOf)) : changes;
  }

  private int stateOf(int outcome) {
    return outcomes.get(outcome).state() == BusinessHoursState.OPEN ? 1 : 0;
  }

  /** The state, and the action for calls, in a minute. */
  StateAndAction outcomeAt(long minute) {
    return outcomes.get(changes.valueAt(minute));
  }

  /** Finds changes of the state. */
  ChangeIndex stateChanges() {
    return stateChanges;
  }

  /** Finds changes of the state or the action; the same object if only the state changes. */
  ChangeIndex changes() {
    return changes;
  }

  /**
   * Finds what makes a minute open or closed. Of overlapping ranges it is the one that started
   * first, so a range of the day before precedes those of the day.
   *
   * @return null if the minute is closed and its date has no exception
   */
  @Nullable BusinessHoursMatch findMatch(long minute) {
    long day = DayPlans.dayOf(minute);
    int minuteOfDay = DayPlans.minuteOfDay(minute);
    AnchorDay own = anchor(day);
    AnchorDay before = anchor(day - 1);
    TimeRange tail = own.exception() == null ? before.findCoveringOnNextDate(minuteOfDay) : null;
    if (tail != null) {
      return before.toMatch(day - 1, tail);
    }
    TimeRange range = own.findCovering(minuteOfDay);
    return range == null && own.exception() == null ? null : own.toMatch(day, range);
  }

  private AnchorDay anchor(long day) {
    AnchorDay exception = exceptions.get(day);
    return exception == null ? week[DayPlans.weekdayOf(day)] : exception;
  }

  private DayPlan weekPlan(OutcomePainter painter, int weekday) {
    return painter.paint(week[weekday], week[Math.floorMod(weekday - 1, week.length)]);
  }

  /** The dates of exceptions and the days after them, into which their ranges may continue. */
  private long[] specialDays() {
    SortedSet<Long> days = new TreeSet<>();
    for (long day : exceptions.keySet()) {
      days.add(day);
      days.add(day + 1);
    }
    return days.stream().mapToLong(day -> day).toArray();
  }

  /** Ranges of the day before do not enter an exception. */
  private DayPlan specialPlan(OutcomePainter painter, long day) {
    return painter.paint(anchor(day), exceptions.containsKey(day) ? null : anchor(day - 1));
  }
}
