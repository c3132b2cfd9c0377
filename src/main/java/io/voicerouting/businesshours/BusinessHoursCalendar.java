package io.voicerouting.businesshours;

import io.voicerouting.common.FieldError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import org.jspecify.annotations.Nullable;

/**
 * Says when a schedule is open. The state at an instant depends on the wall clock of the schedule's
 * zone alone: a time that daylight saving skips never occurs, one that it repeats has the same
 * state both times.
 *
 * <p>Immutable and costly to make: make one for each cached document, not one for each call. It
 * keeps the zone's rules and no offset.
 */
public final class BusinessHoursCalendar {

  /** How far ahead a change of state is looked for. */
  public static final Duration HORIZON = Duration.ofDays(366);

  /** No instant beyond has a wall clock in every zone; the nearest that has stands in for it. */
  private static final Instant EARLIEST = Instant.parse("-999999000-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("+999999000-01-01T00:00:00Z");

  private static final int SECONDS_PER_MINUTE = 60;

  private final ZoneId zone;
  private final ZoneRules rules;
  private final WallClockHours hours;

  private BusinessHoursCalendar(ZoneId zone, ZoneRules rules, WallClockHours hours) {
    this.zone = zone;
    this.rules = rules;
    this.hours = hours;
  }

  /**
   * Makes the calendar of a schedule, in its effective time zone.
   *
   * @throws IllegalArgumentException when the zone is missing or unknown, or a date has two
   *     exceptions
   */
  public static BusinessHoursCalendar of(BusinessHoursView view) {
    String id = String.valueOf(view.effectiveTimezone());
    try {
      // Asked for by name, since ZoneId alone takes offsets such as "UTC+5" too.
      ZoneRules rules = ZoneRulesProvider.getRules(id, false);
      return new BusinessHoursCalendar(ZoneId.of(id), rules, new WallClockHours(view));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "timezone: " + FieldError.describe(id, "IANA time zone such as Europe/Berlin"), e);
    }
  }

  /** The zone whose wall clock counts. */
  public ZoneId zone() {
    return zone;
  }

  /** Whether the schedule is open. */
  public BusinessHoursState stateAt(Instant instant) {
    return isOpen(clamp(instant)) ? BusinessHoursState.OPEN : BusinessHoursState.CLOSED;
  }

  /**
   * What makes the schedule open or closed. When open, it is the range that covers the instant,
   * under the date it starts on; of several the one that started first. When closed, it is the
   * exception of that date.
   *
   * @return null when the schedule is closed and the date is no exception
   */
  public @Nullable BusinessHoursMatch matchAt(Instant instant) {
    return hours.findMatch(localMinute(clamp(instant)));
  }

  /**
   * The first instant after the given one at which the state differs.
   *
   * @return null when there is none within {@link #HORIZON}
   */
  public @Nullable Instant nextChangeAfter(Instant instant) {
    if (!instant.equals(clamp(instant))) {
      return null;
    }
    boolean open = isOpen(instant);
    Instant horizon = instant.plus(HORIZON);
    Instant from = instant;
    // From one transition of the zone to the next the wall clock runs evenly; a transition itself
    // may change the state, too.
    while (true) {
      ZoneOffsetTransition transition = rules.nextTransition(from);
      Instant until = transition == null ? Instant.MAX : transition.getInstant();
      Instant change = nextChangeByWallClock(open, from);
      if (change != null && change.isBefore(until)) {
        return change.isAfter(horizon) ? null : change;
      }
      if (until.isAfter(horizon)) {
        return null;
      }
      if (isOpen(until) != open) {
        return until;
      }
      from = until;
    }
  }

  /** The next change if the offset stayed as it is; null when there is none. */
  private @Nullable Instant nextChangeByWallClock(boolean open, Instant from) {
    long minute = hours.findFirstMinute(!open, localMinute(from));
    return minute == MinuteIndex.NEVER
        ? null
        : Instant.ofEpochSecond(minute * SECONDS_PER_MINUTE - offsetSeconds(from));
  }

  private boolean isOpen(Instant instant) {
    return hours.isOpen(localMinute(instant));
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
