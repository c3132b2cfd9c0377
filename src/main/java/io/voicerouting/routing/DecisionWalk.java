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

/** The way of one call through organization, business hours, actions and extensions. */
final class DecisionWalk {

  /** A call is forwarded so often and no oftener, wherever the last forward leads. */
  static final int MAX_FORWARDS = 5;

  private final RoutingDirectory directory;
  private final DecisionRequest request;
  private final DecisionTrail trail;
  private final Set<String> extensions = new HashSet<>();
  private int forwards;
  private DecisionReason routeReason = DecisionReason.EXTENSION_ACTIVE;

  DecisionWalk(RoutingDirectory directory, DecisionRequest request) {
    this.directory = directory;
    this.request = request;
    this.trail = new DecisionTrail(request);
  }

  DecisionResult decide() {
    return switch (trail.noted(directory.getOrganization(request.organizationId()))) {
      case Lookup.Found<OrganizationView> found ->
          found.value().status() == OrganizationStatus.ACTIVE
              ? byDirection()
              : rejectByOrganization(DecisionReason.ORGANIZATION_INACTIVE);
      case Lookup.Absent<OrganizationView> absent ->
          rejectByOrganization(DecisionReason.ORGANIZATION_NOT_FOUND);
      case Lookup.Unavailable<OrganizationView> unavailable -> trail.unavailable(unavailable);
    };
  }

  private DecisionResult rejectByOrganization(DecisionReason reason) {
    trail.step("organization:" + request.organizationId());
    return trail.reject(reason);
  }

  private DecisionResult byDirection() {
    return switch (request.direction()) {
      case INTERNAL -> dialled();
      case INBOUND -> byHours();
    };
  }

  /** An inbound call without a number has nowhere to go when no schedule says otherwise. */
  private DecisionResult dialled() {
    return request.to() == null
        ? trail.reject(DecisionReason.EXTENSION_NOT_FOUND)
        : extension(request.to(), Arrival.DIALLED);
  }

  private DecisionResult byHours() {
    return switch (trail.noted(
        directory.getActiveBusinessHoursSchedule(request.organizationId()))) {
      case Lookup.Found<ActiveSchedule> found -> bySchedule(found.value());
      case Lookup.Absent<ActiveSchedule> absent -> {
        trail.step("business_hours:none");
        yield dialled();
      }
      case Lookup.Unavailable<ActiveSchedule> unavailable -> trail.unavailable(unavailable);
    };
  }

  private DecisionResult bySchedule(ActiveSchedule schedule) {
    return switch (schedule) {
      case ActiveSchedule.Valid valid -> byCalendar(valid.view(), valid.calendar());
      case ActiveSchedule.Invalid invalid -> {
        trail.step("business_hours:none");
        yield trail.reject(DecisionReason.CONFIGURATION_INVALID);
      }
    };
  }

  private DecisionResult byCalendar(BusinessHoursView view, BusinessHoursCalendar calendar) {
    BusinessHoursState state = calendar.stateAt(request.at());
    trail.hours(new Decision.Hours(view.id(), state, calendar.nextChangeAfter(request.at())));
    trail.step("business_hours:" + state.code());
    return switch (state) {
      case OPEN ->
          request.to() == null
              ? action(view.openHoursAction(), DecisionReason.OPEN_HOURS_ACTION)
              : dialled();
      case CLOSED -> action(view.closedHoursAction(), DecisionReason.CLOSED_HOURS_ACTION);
    };
  }

  private DecisionResult action(CallAction action, DecisionReason reason) {
    trail.step("action:" + action.type().code() + ":" + action.target());
    routeReason = reason;
    return follow(Destination.of(action), Arrival.BY_ACTION);
  }

  private DecisionResult follow(Destination destination, Arrival arrival) {
    return switch (destination) {
      case Destination.Final end -> trail.route(end.action(), routeReason);
      case Destination.Extension next -> extension(next.number(), arrival);
      case Destination.Senseless senseless -> trail.reject(DecisionReason.CONFIGURATION_INVALID);
    };
  }

  private DecisionResult extension(String number, Arrival arrival) {
    if (!extensions.add(number)) {
      return trail.reject(DecisionReason.FORWARD_LOOP);
    }
    trail.step("extension:" + number);
    return switch (trail.noted(directory.getExtension(request.organizationId(), number))) {
      case Lookup.Found<ExtensionView> found ->
          found.value().status() == ExtensionStatus.ACTIVE
              ? answer(found.value())
              : trail.reject(arrival.inactive());
      case Lookup.Absent<ExtensionView> absent -> trail.reject(arrival.notFound());
      case Lookup.Unavailable<ExtensionView> unavailable -> trail.unavailable(unavailable);
    };
  }

  private DecisionResult answer(ExtensionView extension) {
    return switch (ExtensionAnswer.of(extension)) {
      case ExtensionAnswer.Takes takes -> trail.route(takes.action(), routeReason);
      case ExtensionAnswer.Forwards forwards -> forward(forwards.target());
      case ExtensionAnswer.Senseless senseless ->
          trail.reject(DecisionReason.CONFIGURATION_INVALID);
    };
  }

  private DecisionResult forward(String target) {
    trail.step("forward:" + target);
    forwards++;
    if (forwards > MAX_FORWARDS) {
      return trail.reject(DecisionReason.FORWARD_LOOP);
    }
    if (routeReason == DecisionReason.EXTENSION_ACTIVE) {
      routeReason = DecisionReason.EXTENSION_FORWARDED;
    }
    return follow(Destination.ofForward(target), Arrival.FORWARDED);
  }
}
