package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursView;
import io.voicerouting.cache.Lookup;
import io.voicerouting.common.CallOverride;
import io.voicerouting.common.OverrideMode;
import io.voicerouting.organization.OrganizationStatus;
import io.voicerouting.organization.OrganizationView;
import io.voicerouting.override.OverrideTimeline;
import io.voicerouting.phonenumber.CallerRule;
import io.voicerouting.phonenumber.PhoneNumberView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one call of a known organization: by the rules of the dialled number, the hours and
 * their actions. {@link CallRouter} follows where that leads.
 */
final class DecisionProcess {

  private final RoutingDirectory directory;
  private final DecisionRequest request;
  private final DecisionRecorder recorder;
  private final long organizationId;
  private final @Nullable NumberRules number;
  private final CallRouter router;

  private OverrideTimeline organizationOverrides = OverrideTimeline.NONE;

  /**
   * @param number the dialled phone number; null if an extension was dialled, or nothing
   */
  DecisionProcess(
      RoutingDirectory directory,
      DecisionRequest request,
      DecisionRecorder recorder,
      long organizationId,
      @Nullable NumberRules number) {
    this.directory = directory;
    this.request = request;
    this.recorder = recorder;
    this.organizationId = organizationId;
    this.number = number;
    this.router = new CallRouter(new TargetResolver(directory, organizationId, recorder), recorder);
  }

  DecisionResult decide() {
    return switch (recorder.record(directory.getOrganization(organizationId))) {
      case Lookup.Found<OrganizationView> found -> {
        recorder.setOrganization(found.value());
        yield decide(found.value().status(), found.value().overrides());
      }
      case Lookup.Absent<OrganizationView> absent ->
          rejectByOrganization(DecisionReason.ORGANIZATION_NOT_FOUND);
      case Lookup.Unavailable<OrganizationView> unavailable ->
          recorder.reportUnavailable(unavailable);
    };
  }

  /**
   * Decides for an organization whose status and overrides are known.
   *
   * @param overrides null for none
   */
  DecisionResult decide(OrganizationStatus status, @Nullable List<CallOverride> overrides) {
    organizationOverrides = OverrideTimeline.NONE.preceded(overrides);
    if (status != OrganizationStatus.ACTIVE) {
      return rejectByOrganization(DecisionReason.ORGANIZATION_INACTIVE);
    }
    return number == null ? decideByDirection() : decideByNumber(number);
  }

  private DecisionResult rejectByOrganization(DecisionReason reason) {
    recorder.addStep("organization:" + organizationId);
    return recorder.reject(reason);
  }

  private DecisionResult decideByDirection() {
    return switch (request.direction()) {
      case INTERNAL -> routeDialled();
      case INBOUND -> routeByHours(directory.getActiveBusinessHoursSchedule(organizationId));
    };
  }

  private DecisionResult decideByNumber(NumberRules rules) {
    CallerRule rule = rules.callerRule();
    if (rule != null) {
      String value = rule.value() == null ? "" : ":" + rule.value();
      recorder.addStep("caller:" + rule.match().code() + value);
      return router.perform(rule.action(), DecisionReason.CALLER_RULE);
    }
    return switch (rules.number().hours()) {
      case IGNORE -> routeWithoutSchedule("ignored", OverrideTimeline.NONE);
      case OWN -> {
        Long scheduleId = rules.ownScheduleId();
        yield scheduleId == null
            ? routeWithoutSchedule("none", organizationOverrides)
            : routeByHours(directory.getBusinessHoursSchedule(organizationId, scheduleId));
      }
      case ORGANIZATION -> routeByHours(directory.getActiveBusinessHoursSchedule(organizationId));
    };
  }

  /**
   * Routes to the dialled extension. An inbound call without a number is rejected, because there is
   * no schedule with an action for it.
   */
  private DecisionResult routeDialled() {
    String extension = dialledExtension();
    return extension == null
        ? recorder.reject(DecisionReason.EXTENSION_NOT_FOUND)
        : router.routeTo(extension);
  }

  /** The dialled extension; null if a phone number was dialled, or nothing. */
  private @Nullable String dialledExtension() {
    return number == null ? request.to() : null;
  }

  private DecisionResult routeByHours(Lookup<ActiveSchedule> schedule) {
    return switch (recorder.record(schedule)) {
      case Lookup.Found<ActiveSchedule> found -> routeBySchedule(found.value());
      case Lookup.Absent<ActiveSchedule> absent ->
          routeWithoutSchedule("none", organizationOverrides);
      case Lookup.Unavailable<ActiveSchedule> unavailable ->
          recorder.reportUnavailable(unavailable);
    };
  }

  private DecisionResult routeBySchedule(ActiveSchedule schedule) {
    return switch (schedule) {
      case ActiveSchedule.Valid valid -> routeByCalendar(valid);
      case ActiveSchedule.Invalid invalid -> {
        recorder.addStep("business_hours:none");
        yield recorder.reject(DecisionReason.CONFIGURATION_INVALID);
      }
    };
  }

  private DecisionResult routeByCalendar(ActiveSchedule.Valid schedule) {
    BusinessHoursView view = schedule.view();
    EffectiveEvaluation now = evaluate(schedule, organizationOverrides.preceded(view.overrides()));
    return route(now, view.id(), now.state().code());
  }

  /**
   * Routes a call that no schedule applies to: it is open, unless an override closes it.
   *
   * @param why step of the path
   */
  private DecisionResult routeWithoutSchedule(String why, OverrideTimeline overrides) {
    EffectiveEvaluation now = evaluate(null, overrides);
    return route(now, null, now.isOverridden() ? now.state().code() : why);
  }

  private EffectiveEvaluation evaluate(
      ActiveSchedule.@Nullable Valid schedule, OverrideTimeline overrides) {
    PhoneNumberView dialled = number == null ? null : number.number();
    EffectiveHours hours =
        new EffectiveHours(
            schedule,
            dialled == null ? null : dialled.openAction(),
            dialled == null ? null : dialled.closedAction(),
            dialled == null ? overrides : overrides.preceded(dialled.overrides()));
    recorder.setEffectiveHours(hours);
    return hours.evaluate(request.at());
  }

  private DecisionResult route(EffectiveEvaluation now, @Nullable Long scheduleId, String step) {
    CallOverride override = now.override();
    if (scheduleId != null || override != null) {
      recorder.setHours(
          new Decision.Hours(
              scheduleId, now.state(), now.nextChangeAt(), AppliedOverride.of(override)));
    }
    recorder.setValidUntil(now.validUntil());
    recorder.addStep("business_hours:" + step);
    if (override != null) {
      recorder.addStep("override:" + override.id());
      if (override.mode() == OverrideMode.ACTION) {
        return router.perform(now.action(), DecisionReason.OVERRIDE_ACTION);
      }
    }
    return switch (now.state()) {
      case OPEN ->
          dialledExtension() == null && now.action() != null
              ? router.perform(now.action(), DecisionReason.OPEN_HOURS_ACTION)
              : routeDialled();
      case CLOSED -> router.perform(now.action(), DecisionReason.CLOSED_HOURS_ACTION);
    };
  }
}
