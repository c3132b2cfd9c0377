package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursCalendar;
import io.voicerouting.businesshours.BusinessHoursState;
import io.voicerouting.businesshours.BusinessHoursView;
import io.voicerouting.businesshours.CallAction;
import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionStatus;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationStatus;
import io.voicerouting.organization.OrganizationView;
import java.util.HashSet;
import java.util.Set;

/** Decides about one call: by organization, business hours, actions and extensions. */
final class DecisionProcess {

  /** Maximum number of forwards of one call. */
  static final int MAX_FORWARDS = 5;

  private final RoutingDirectory directory;
  private final DecisionRequest request;
  private final DecisionRecorder recorder;
  private final Set<String> extensions = new HashSet<>();
  private int forwards;
  private DecisionReason routeReason = DecisionReason.EXTENSION_ACTIVE;

  DecisionProcess(RoutingDirectory directory, DecisionRequest request) {
    this.directory = directory;
    this.request = request;
    this.recorder = new DecisionRecorder(request);
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
        : routeToExtension(request.to(), RejectionReasons.DIALLED);
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
    BusinessHoursState state = calendar.stateAt(request.at());
    recorder.setHours(new Decision.Hours(view.id(), state, calendar.nextChangeAfter(request.at())));
    recorder.addStep("business_hours:" + state.code());
    return switch (state) {
      case OPEN ->
          request.to() == null
              ? performAction(view.openHoursAction(), DecisionReason.OPEN_HOURS_ACTION)
              : routeDialled();
      case CLOSED -> performAction(view.closedHoursAction(), DecisionReason.CLOSED_HOURS_ACTION);
    };
  }

  private DecisionResult performAction(CallAction action, DecisionReason reason) {
    recorder.addStep("action:" + action.type().code() + ":" + action.target());
    routeReason = reason;
    return follow(Destination.of(action), RejectionReasons.BY_ACTION);
  }

  private DecisionResult follow(Destination destination, RejectionReasons reasons) {
    return switch (destination) {
      case Destination.Final end -> recorder.route(end.action(), routeReason);
      case Destination.Extension next -> routeToExtension(next.number(), reasons);
      case Destination.Invalid invalid -> recorder.reject(DecisionReason.CONFIGURATION_INVALID);
    };
  }

  private DecisionResult routeToExtension(String number, RejectionReasons reasons) {
    if (!extensions.add(number)) {
      return recorder.reject(DecisionReason.FORWARD_LOOP);
    }
    recorder.addStep("extension:" + number);
    return switch (recorder.record(directory.getExtension(request.organizationId(), number))) {
      case Lookup.Found<ExtensionView> found ->
          found.value().status() == ExtensionStatus.ACTIVE
              ? routeByAnswer(found.value())
              : recorder.reject(reasons.inactive());
      case Lookup.Absent<ExtensionView> absent -> recorder.reject(reasons.notFound());
      case Lookup.Unavailable<ExtensionView> unavailable -> recorder.reportUnavailable(unavailable);
    };
  }

  private DecisionResult routeByAnswer(ExtensionView extension) {
    return switch (ExtensionAnswer.of(extension)) {
      case ExtensionAnswer.Accepts accepts -> recorder.route(accepts.action(), routeReason);
      case ExtensionAnswer.Forwards forwards -> forwardTo(forwards.target());
      case ExtensionAnswer.Invalid invalid -> recorder.reject(DecisionReason.CONFIGURATION_INVALID);
    };
  }

  private DecisionResult forwardTo(String target) {
    recorder.addStep("forward:" + target);
    forwards++;
    if (forwards > MAX_FORWARDS) {
      return recorder.reject(DecisionReason.FORWARD_LOOP);
    }
    if (routeReason == DecisionReason.EXTENSION_ACTIVE) {
      routeReason = DecisionReason.EXTENSION_FORWARDED;
    }
    return follow(Destination.ofForward(target), RejectionReasons.FORWARDED);
  }
}
