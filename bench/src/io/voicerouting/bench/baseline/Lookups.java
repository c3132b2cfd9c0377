package io.voicerouting.bench.baseline;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationView;
import org.jspecify.annotations.Nullable;

/** The lookups of a baseline. Each returns null if there is no such row. */
interface Lookups {

  /** Name of the bean that a cache asks on a miss. */
  String DATABASE = "lookupsDatabase";

  @Nullable OrganizationView organization(long organizationId);

  @Nullable ExtensionView extension(long organizationId, String extensionNumber);

  @Nullable ActiveSchedule schedule(long organizationId);
}
