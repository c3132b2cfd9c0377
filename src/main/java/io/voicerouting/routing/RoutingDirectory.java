package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationView;
import java.util.function.Supplier;

/** Looks up what decisions need. Organization ids are positive, extension numbers valid. */
public interface RoutingDirectory {

  /** Looks up an organization, active or suspended. */
  Lookup<OrganizationView> getOrganization(long organizationId);

  /** Looks up an extension, active or inactive. */
  Lookup<ExtensionView> getExtension(long organizationId, String extensionNumber);

  /** Looks up the active schedule, prepared for evaluation. */
  Lookup<ActiveSchedule> getActiveBusinessHoursSchedule(long organizationId);

  /**
   * Runs the lookups of one decision. An implementation may prefetch them, and bound the time of
   * all of them together.
   *
   * @param request the call to decide about
   * @param lookups calls the other methods
   * @return the result of the lookups
   */
  default <T> T asOne(DecisionRequest request, Supplier<T> lookups) {
    return lookups.get();
  }
}
