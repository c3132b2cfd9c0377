package io.voicerouting.routing;

import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.Lookup;
import io.voicerouting.organization.OrganizationView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records the lookups and steps of a decision, and creates the decision at the end. */
final class DecisionRecorder {

  private final DecisionRequest request;
  private final List<CacheStatus> lookups = new ArrayList<>();
  private final List<String> path = new ArrayList<>();
  private @Nullable Long organizationId;
  private @Nullable OrganizationView organization;
  private Decision.@Nullable Hours hours;
  private @Nullable EffectiveHours effectiveHours;
  private @Nullable Instant validUntil;
  private boolean incomplete;

  DecisionRecorder(DecisionRequest request) {
    this.request = request;
    this.organizationId = request.organizationId();
  }

  /** Records how a lookup was answered, and returns it. */
  <V> Lookup<V> record(Lookup<V> lookup) {
    lookups.add(lookup.status());
    return lookup;
  }

  void addStep(String step) {
    path.add(step);
  }

  /** Records the organization that the dialled number belongs to. */
  void setOrganization(long id) {
    organizationId = id;
  }

  void setOrganization(OrganizationView found) {
    organization = found;
  }

  /** Records the business hours that the decision depends on. */
  void setHours(Decision.Hours state) {
    hours = state;
  }

  /** Records the hours from which the state and the action were evaluated. */
  void setEffectiveHours(EffectiveHours evaluated) {
    effectiveHours = evaluated;
  }

  /** Records the next change of the state or the action; null if there is none. */
  void setValidUntil(@Nullable Instant until) {
    validUntil = until;
  }

  /** Records that the decision had to be made without one of the lookups. */
  void setIncomplete() {
    incomplete = true;
  }

  DecisionResult route(RoutingAction action, DecisionReason reason) {
    return decide(DecisionOutcome.ROUTE, action, reason);
  }

  DecisionResult reject(DecisionReason reason) {
    RejectCause cause = Objects.requireNonNull(reason.cause());
    return decide(DecisionOutcome.REJECT, new RoutingAction.Reject(cause), reason);
  }

  DecisionResult reportUnavailable(Lookup.Unavailable<?> lookup) {
    return new DecisionResult.Unavailable(lookup.retryAfter(), lookups);
  }

  private DecisionResult decide(
      DecisionOutcome outcome, RoutingAction action, DecisionReason reason) {
    Decision decision =
        new Decision(
            organizationId,
            request.to(),
            request.from(),
            request.direction(),
            outcome,
            action,
            reason,
            path,
            hours,
            request.at(),
            validUntil,
            incomplete || isDegraded());
    return new DecisionResult.Decided(decision, organization, lookups, effectiveHours);
  }

  private boolean isDegraded() {
    for (CacheStatus lookup : lookups) { // a stream would take longer than the lookups
      if (lookup.degraded()) {
        return true;
      }
    }
    return false;
  }
}
