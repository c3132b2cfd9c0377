package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationView;
import java.util.function.Supplier;

/** Where decisions look things up. Organization ids are positive, extension numbers well formed. */
public interface RoutingDirectory {

  /** Looks an organization up, suspended or not. */
  Lookup<OrganizationView> getOrganization(long organizationId);

  /** Looks an extension up, active or not. */
  Lookup<ExtensionView> getExtension(long organizationId, String extensionNumber);

  /** Looks the active schedule up, its calendar ready for use. */
  Lookup<ActiveSchedule> getActiveBusinessHoursSchedule(long organizationId);

  /**
   * Makes the lookups of one decision; a directory that takes time may bound it for all of them
   * together, and look ahead.
   *
   * @param request what is to be decided
   * @param lookups calls the other methods
   * @return what that returned
   */
  default <T> T asOne(DecisionRequest request, Supplier<T> lookups) {
    return lookups.get();
  }
}
