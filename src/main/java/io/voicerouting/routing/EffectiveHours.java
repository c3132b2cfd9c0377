package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursCalendar;
import io.voicerouting.businesshours.BusinessHoursEvaluation;
import io.voicerouting.businesshours.BusinessHoursState;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallOverride;
import io.voicerouting.override.OverrideTimeline;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The hours that apply to a call: those of a schedule, the actions of the dialled number, and
 * overrides. Without a schedule they are open.
 *
 * @param schedule null if there is none, or it is ignored
 * @param ownOpen the number's action while open; null for the schedule's
 * @param ownClosed the number's action while closed; null for the schedule's
 */
public record EffectiveHours(
    ActiveSchedule.@Nullable Valid schedule,
    @Nullable CallAction ownOpen,
    @Nullable CallAction ownClosed,
    OverrideTimeline overrides) {

  private static final Instant LATEST = Instant.MAX.minus(BusinessHoursCalendar.HORIZON);

  /**
   * The hours at an instant.
   *
   * @param action what to do with calls; null if neither number nor schedule has an action
   * @param override the override that applies; null if there is none
   * @param nextStateAt the next change of the state if no override begins or ends before; or null
   * @param nextOutcomeAt likewise, of the state or the action
   */
  private record Moment(
      BusinessHoursState state,
      @Nullable CallAction action,
      @Nullable CallOverride override,
      @Nullable Instant nextStateAt,
      @Nullable Instant nextOutcomeAt) {

    boolean hasStateOf(Moment other) {
      return state == other.state;
    }

    boolean hasOutcomeOf(Moment other) {
      return hasStateOf(other) && Objects.equals(action, other.action);
    }
  }

  /** The state, the action and their next changes at an instant. */
  public EffectiveEvaluation evaluate(Instant at) {
    Moment now = momentAt(at);
    Instant nextState = now.nextStateAt();
    Instant nextOutcome = now.nextOutcomeAt();
    if (!overrides.isEmpty()) {
      nextState = findChange(at, now, Moment::nextStateAt, Moment::hasStateOf);
      nextOutcome = findChange(at, now, Moment::nextOutcomeAt, Moment::hasOutcomeOf);
    }
    return new EffectiveEvaluation(
        now.state(), now.action(), now.override(), nextState, nextOutcome);
  }

  /** Searches from one begin or end of an override to the next. */
  private @Nullable Instant findChange(
      Instant at,
      Moment now,
      Function<Moment, @Nullable Instant> nextChange,
      BiPredicate<Moment, Moment> same) {
    Instant horizon = (at.isAfter(LATEST) ? LATEST : at).plus(BusinessHoursCalendar.HORIZON);
    Instant from = at;
    Moment moment = now;
    while (true) {
      Instant boundary = overrides.nextBoundaryAfter(from);
      Instant change = nextChange.apply(moment);
      if (change != null && (boundary == null || change.isBefore(boundary))) {
        return change.isAfter(horizon) ? null : change;
      }
      if (boundary == null || boundary.isAfter(horizon)) {
        return null;
      }
      moment = momentAt(boundary);
      if (!same.test(moment, now)) {
        return boundary;
      }
      from = boundary;
    }
  }

  private Moment momentAt(Instant at) {
    CallOverride override = overrides.findAt(at);
    if (override == null) {
      return scheduledAt(at);
    }
    return switch (override.mode()) {
      case OPEN -> fixed(override, BusinessHoursState.OPEN);
      case CLOSED -> fixed(override, BusinessHoursState.CLOSED);
      case ACTION -> {
        Moment scheduled = scheduledAt(at);
        Instant next = scheduled.nextStateAt();
        yield new Moment(scheduled.state(), override.action(), override, next, next);
      }
    };
  }

  private Moment fixed(CallOverride override, BusinessHoursState state) {
    return new Moment(state, actionFor(state), override, null, null);
  }

  private Moment scheduledAt(Instant at) {
    if (schedule == null) {
      return new Moment(BusinessHoursState.OPEN, ownOpen, null, null, null);
    }
    BusinessHoursEvaluation now = schedule.calendar().evaluate(at);
    CallAction own = own(now.state());
    return own == null
        ? new Moment(now.state(), now.action(), null, now.nextChangeAt(), now.validUntil())
        : new Moment(now.state(), own, null, now.nextChangeAt(), now.nextChangeAt());
  }

  private @Nullable CallAction actionFor(BusinessHoursState state) {
    CallAction own = own(state);
    if (own != null || schedule == null) {
      return own;
    }
    return switch (state) {
      case OPEN -> schedule.view().openHoursAction();
      case CLOSED -> schedule.view().closedHoursAction();
    };
  }

  private @Nullable CallAction own(BusinessHoursState state) {
    return switch (state) {
      case OPEN -> ownOpen;
      case CLOSED -> ownClosed;
    };
  }
}
