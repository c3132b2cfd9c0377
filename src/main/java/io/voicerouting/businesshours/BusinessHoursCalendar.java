package io.voicerouting.businesshours;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.TimeZones;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a schedule. The state at an instant depends only on the wall-clock time in the
 * schedule's zone. A local time that daylight saving skips never occurs; one that it repeats has
 * the same state both times.
 *
 * <p>Thread-safe; results depend on the schedule alone. Days are prepared on first use, which is
 * expensive: create one for each cached document, not for each call.
 */
public final class BusinessHoursCalendar {

  /** How far ahead the next change is searched. */
  public static final Duration HORIZON = Duration.ofDays(366);

  /**
   * The range of instants that have a local time in every zone. Instants outside are moved to the
   * nearest bound.
   */
  private static final Instant EARLIEST = Instant.parse("-999999000-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("+999999000-01-01T00:00:00Z");

  private static final int SECONDS_PER_MINUTE = 60;

  private final ZoneId zone;
  private final ZoneRules rules;
  private final HoursTimeline timeline;

  private BusinessHoursCalendar(ZoneId zone, HoursTimeline timeline) {
    this.zone = zone;
    this.rules = zone.getRules();
    this.timeline = timeline;
  }

  /**
   * Creates the calendar of a schedule in its effective time zone.
   *
   * @throws IllegalArgumentException if the zone is missing or unknown
   */
  public static BusinessHoursCalendar of(BusinessHoursView view) {
    String id = String.valueOf(view.effectiveTimezone());
    try {
      return new BusinessHoursCalendar(TimeZones.resolve(id), new HoursTimeline(view));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "timezone: " + FieldError.describe(id, "IANA time zone such as Europe/Berlin"), e);
    }
  }

  /** The time zone of the schedule. */
  public ZoneId zone() {
    return zone;
  }

  /** The state, the action and their next changes at an instant. */
  public BusinessHoursEvaluation evaluate(Instant instant) {
    long minute = localMinute(clamp(instant));
    WallClockHours hours = timeline.hoursAt(minute);
    StateAndAction now = hours.outcomeAt(minute);
    Instant nextChange = findChange(hours.stateChanges(), instant);
    Instant validUntil =
        hours.changes() == hours.stateChanges() // no range has an action of its own
            ? nextChange
            : findChange(hours.changes(), instant);
    return new BusinessHoursEvaluation(now.state(), now.action(), nextChange, validUntil);
  }

  /** The state at an instant. */
  public BusinessHoursState stateAt(Instant instant) {
    long minute = localMinute(clamp(instant));
    return timeline.hoursAt(minute).outcomeAt(minute).state();
  }

  /**
   * Finds what makes the schedule open or closed at an instant. If it is open: the range that
   * covers the instant, with the date on which the range starts; of several ranges, the one that
   * started first. If it is closed: the exception of that date.
   *
   * @return null if the schedule is closed and the date has no exception
   */
  public @Nullable BusinessHoursMatch matchAt(Instant instant) {
    long minute = localMinute(clamp(instant));
    return timeline.hoursAt(minute).findMatch(minute);
  }

  /** Whether the hours of a date are those of an exception that a holiday calendar has. */
  public boolean isHoliday(LocalDate date) {
    return timeline.isHoliday(date);
  }

  /**
   * Finds the first later instant with a different state.
   *
   * @return null if there is none within {@link #HORIZON}
   */
  public @Nullable Instant nextChangeAfter(Instant instant) {
    return findChange(timeline.hoursAt(localMinute(clamp(instant))).stateChanges(), instant);
  }

  private @Nullable Instant findChange(ChangeIndex index, Instant instant) {
    if (!instant.equals(clamp(instant))) {
      return null;
    }
    int value = index.valueAt(localMinute(instant));
    Instant horizon = instant.plus(HORIZON);
    Instant from = instant;
    // Between two transitions of the zone, the offset is constant. A transition itself can
    // change the value.
    while (true) {
      ZoneOffsetTransition transition = rules.nextTransition(from);
      Instant until = transition == null ? Instant.MAX : transition.getInstant();
      Instant change = findChangeByWallClock(index, from);
      if (change != null && change.isBefore(until)) {
        return change.isAfter(horizon) ? null : change;
      }
      if (until.isAfter(horizon)) {
        return null;
      }
      if (index.valueAt(localMinute(until)) != value) {
        return until;
      }
      from = until;
    }
  }

  /** The next change if the offset stays constant; null if there is none. */
  private @Nullable Instant findChangeByWallClock(ChangeIndex index, Instant from) {
    long minute = index.findChange(localMinute(from));
    return minute == ChangeIndex.NEVER
        ? null
        : Instant.ofEpochSecond(minute * SECONDS_PER_MINUTE - offsetSeconds(from));
  }

  private long localMinute(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond() + offsetSeconds(instant), SECONDS_PER_MINUTE);
  }

  private int offsetSeconds(Instant instant) {
    return rules.getOffset(instant).getTotalSeconds();
  }

  private static Instant clamp(Instant instant) {
    if (instant.isBefore(EARLIEST)) {
      return EARLIEST;
    }
    return instant.isAfter(LATEST) ? LATEST : instant;
  }
}
