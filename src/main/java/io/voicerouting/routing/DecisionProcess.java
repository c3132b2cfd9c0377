package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursCalendar;
import io.voicerouting.businesshours.BusinessHoursEvaluation;
import io.voicerouting.businesshours.BusinessHoursState;
import io.voicerouting.businesshours.BusinessHoursView;
import io.voicerouting.cache.Lookup;
import io.voicerouting.common.CallAction;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationStatus;
import io.voicerouting.organization.OrganizationView;
import io.voicerouting.phonenumber.CallerRule;
import org.jspecify.annotations.Nullable;

/** Decides about one call: by organization, phone number, hours, actions and extensions. */
final class DecisionProcess {

  private final RoutingDirectory directory;
  private final DecisionRequest request;
  private final DecisionRecorder recorder;
  private final long organizationId;
  private final @Nullable NumberRules number;
  private final TargetResolver targets;

  /** Decides about a call to an extension, or to none. */
  DecisionProcess(RoutingDirectory directory, DecisionRequest request, long organizationId) {
    this(directory, request, new DecisionRecorder(request), organizationId, null);
  }

  /** Decides about a call to a phone number. */
  DecisionProcess(
      RoutingDirectory directory,
      DecisionRequest request,
      DecisionRecorder recorder,
      NumberRules number) {
    this(directory, request, recorder, number.number().organizationId(), number);
  }

  private DecisionProcess(
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
    this.targets = new TargetResolver(directory, organizationId, recorder);
  }

  DecisionResult decide() {
    return switch (recorder.record(directory.getOrganization(organizationId))) {
      case Lookup.Found<OrganizationView> found -> decide(found.value().status());
      case Lookup.Absent<OrganizationView> absent ->
          rejectByOrganization(DecisionReason.ORGANIZATION_NOT_FOUND);
      case Lookup.Unavailable<OrganizationView> unavailable ->
          recorder.reportUnavailable(unavailable);
    };
  }

  /** Decides for an organization whose status is known. */
  DecisionResult decide(OrganizationStatus status) {
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
      return performAction(rule.action(), DecisionReason.CALLER_RULE);
    }
    return switch (rules.number().hours()) {
      case IGNORE -> routeWithoutHours("ignored");
      case OWN -> {
        Long scheduleId = rules.ownScheduleId();
        yield scheduleId == null
            ? routeWithoutHours("none")
            : routeByHours(directory.getBusinessHoursSchedule(organizationId, scheduleId));
      }
      case ORGANIZATION -> routeByHours(directory.getActiveBusinessHoursSchedule(organizationId));
    };
  }

  private DecisionResult routeWithoutHours(String why) {
    recorder.addStep("business_hours:" + why);
    CallAction action = number == null ? null : number.number().openAction();
    return action == null
        ? routeDialled()
        : performAction(action, DecisionReason.OPEN_HOURS_ACTION);
  }

  /**
   * Routes to the dialled extension. An inbound call without a number is rejected, because there is
   * no schedule with an action for it.
   */
  private DecisionResult routeDialled() {
    String extension = dialledExtension();
    return extension == null
        ? recorder.reject(DecisionReason.EXTENSION_NOT_FOUND)
        : routeTo(extension);
  }

  /** The dialled extension; null if a phone number was dialled, or nothing. */
  private @Nullable String dialledExtension() {
    return number == null ? request.to() : null;
  }

  private DecisionResult routeByHours(Lookup<ActiveSchedule> schedule) {
    return switch (recorder.record(schedule)) {
      case Lookup.Found<ActiveSchedule> found -> routeBySchedule(found.value());
      case Lookup.Absent<ActiveSchedule> absent -> routeWithoutHours("none");
      case Lookup.Unavailable<ActiveSchedule> unavailable ->
          recorder.reportUnavailable(unavailable);
    };
  }

  private DecisionResult routeBySchedule(ActiveSchedule schedule) {
    return switch (schedule) {
      case ActiveSchedule.Valid valid -> routeByCalendar(valid.view(), valid.calendar());
      case ActiveSchedule.Invalid invalid -> {
        recorder.addStep("business_hours:none");
        yield recorder.reject(DecisionReason.CONFIGURATION_INVALID);
      }
    };
  }

  private DecisionResult routeByCalendar(BusinessHoursView view, BusinessHoursCalendar calendar) {
    BusinessHoursEvaluation now = calendar.evaluate(request.at());
    CallAction own = numberAction(now.state());
    recorder.setHours(
        new Decision.Hours(view.id(), now.state(), now.nextChangeAt()),
        own == null ? now.validUntil() : now.nextChangeAt());
    recorder.addStep("business_hours:" + now.state().code());
    return switch (now.state()) {
      case OPEN ->
          dialledExtension() == null
              ? performAction(own == null ? now.action() : own, DecisionReason.OPEN_HOURS_ACTION)
              : routeDialled();
      case CLOSED ->
          performAction(own == null ? now.action() : own, DecisionReason.CLOSED_HOURS_ACTION);
    };
  }

  /** The action of the dialled number; null if the schedule's applies. */
  private @Nullable CallAction numberAction(BusinessHoursState state) {
    if (number == null) {
      return null;
    }
    return switch (state) {
      case OPEN -> number.number().openAction();
      case CLOSED -> number.number().closedAction();
    };
  }

  /** Routes to an extension that was dialled. */
  private DecisionResult routeTo(String number) {
    Resolution resolution = targets.resolveDialled(number);
    return decide(
        resolution,
        targets.hasForwarded()
            ? DecisionReason.EXTENSION_FORWARDED
            : DecisionReason.EXTENSION_ACTIVE,
        DecisionReason.DO_NOT_DISTURB);
  }

  private DecisionResult performAction(CallAction action, DecisionReason reason) {
    return decide(targets.resolveAction(action), reason, reason);
  }

  /**
   * Decides by where the call led.
   *
   * @param routed the reason if the call reaches an action
   * @param missed the reason if the call goes to what follows a missed call
   */
  private DecisionResult decide(
      Resolution resolution, DecisionReason routed, DecisionReason missed) {
    return switch (resolution) {
      case Resolution.Reached reached -> recorder.route(addThen(reached), routed);
      case Resolution.DoNotDisturb quiet -> routeMissedCall(quiet.extension(), missed);
      case Resolution.Refused refused -> recorder.reject(refused.reason());
      case Resolution.Unavailable failed -> recorder.reportUnavailable(failed.lookup());
    };
  }

  private RoutingAction addThen(Resolution.Reached reached) {
    if (reached.extension() == null || !reached.action().dials()) {
      return reached.action();
    }
    return reached.action().followedBy(findMissedCall(reached.extension()).action());
  }

  /** Treats a call to an extension that is not to be disturbed as missed. */
  private DecisionResult routeMissedCall(ExtensionView extension, DecisionReason reason) {
    recorder.addStep("do_not_disturb:" + extension.extensionNumber());
    MissedCall next = findMissedCall(extension);
    if (next.action() != null) {
      return recorder.route(next.action(), reason);
    }
    return next.unavailable() == null
        ? recorder.reject(DecisionReason.DO_NOT_DISTURB)
        : recorder.reportUnavailable(next.unavailable());
  }

  private MissedCall findMissedCall(ExtensionView extension) {
    MissedCall next = MissedCall.of(extension, targets);
    if (next.unavailable() != null) {
      recorder.setIncomplete();
    }
    return next;
  }
}
