package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationView;

/** Looks up what decisions need. Organization ids are positive, extension numbers valid. */
public interface RoutingDirectory {

  /** Looks up an organization, active or suspended. */
  Lookup<OrganizationView> getOrganization(long organizationId);

  /** Looks up an extension, active or inactive. */
  Lookup<ExtensionView> getExtension(long organizationId, String extensionNumber);

  /** Looks up the active schedule, prepared for evaluation. */
  Lookup<ActiveSchedule> getActiveBusinessHoursSchedule(long organizationId);

  /**
   * Returns the directory for one decision, used by one thread. An implementation may prefetch what
   * the decision needs, and bound the time of all its lookups together.
   */
  default RoutingDirectory forRequest(DecisionRequest request) {
    return this;
  }
}
