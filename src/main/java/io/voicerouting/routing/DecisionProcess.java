package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursCalendar;
import io.voicerouting.businesshours.BusinessHoursEvaluation;
import io.voicerouting.businesshours.BusinessHoursView;
import io.voicerouting.businesshours.CallAction;
import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationStatus;
import io.voicerouting.organization.OrganizationView;

/** Decides about one call: by organization, business hours, actions and extensions. */
final class DecisionProcess {

  private final RoutingDirectory directory;
  private final DecisionRequest request;
  private final DecisionRecorder recorder;
  private final TargetResolver targets;

  DecisionProcess(RoutingDirectory directory, DecisionRequest request) {
    this.directory = directory;
    this.request = request;
    this.recorder = new DecisionRecorder(request);
    this.targets = new TargetResolver(directory, request.organizationId(), recorder);
  }

  DecisionResult decide() {
    return switch (recorder.record(directory.getOrganization(request.organizationId()))) {
      case Lookup.Found<OrganizationView> found ->
          found.value().status() == OrganizationStatus.ACTIVE
              ? decideByDirection()
              : rejectByOrganization(DecisionReason.ORGANIZATION_INACTIVE);
      case Lookup.Absent<OrganizationView> absent ->
          rejectByOrganization(DecisionReason.ORGANIZATION_NOT_FOUND);
      case Lookup.Unavailable<OrganizationView> unavailable ->
          recorder.reportUnavailable(unavailable);
    };
  }

  private DecisionResult rejectByOrganization(DecisionReason reason) {
    recorder.addStep("organization:" + request.organizationId());
    return recorder.reject(reason);
  }

  private DecisionResult decideByDirection() {
    return switch (request.direction()) {
      case INTERNAL -> routeDialled();
      case INBOUND -> routeByHours();
    };
  }

  /**
   * Routes to the dialled extension. An inbound call without a number is rejected, because there is
   * no schedule with an action for it.
   */
  private DecisionResult routeDialled() {
    return request.to() == null
        ? recorder.reject(DecisionReason.EXTENSION_NOT_FOUND)
        : routeTo(request.to());
  }

  private DecisionResult routeByHours() {
    return switch (recorder.record(
        directory.getActiveBusinessHoursSchedule(request.organizationId()))) {
      case Lookup.Found<ActiveSchedule> found -> routeBySchedule(found.value());
      case Lookup.Absent<ActiveSchedule> absent -> {
        recorder.addStep("business_hours:none");
        yield routeDialled();
      }
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
    recorder.setHours(
        new Decision.Hours(view.id(), now.state(), now.nextChangeAt()), now.validUntil());
    recorder.addStep("business_hours:" + now.state().code());
    return switch (now.state()) {
      case OPEN ->
          request.to() == null
              ? performAction(now.action(), DecisionReason.OPEN_HOURS_ACTION)
              : routeDialled();
      case CLOSED -> performAction(now.action(), DecisionReason.CLOSED_HOURS_ACTION);
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
