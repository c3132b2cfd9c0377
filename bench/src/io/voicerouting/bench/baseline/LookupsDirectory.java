package io.voicerouting.bench.baseline;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationView;
import io.voicerouting.organization.SipDomainView;
import io.voicerouting.phonenumber.PhoneNumberBlocks;
import io.voicerouting.phonenumber.PhoneNumberView;
import io.voicerouting.routing.RoutingDirectory;
import org.jspecify.annotations.Nullable;

/** Adapts a baseline's lookups to the service's decision engine. */
record LookupsDirectory(Lookups lookups) implements RoutingDirectory {

  private static final CacheStatus STATUS = new CacheStatus(true, 1L, null, false, null);

  @Override
  public Lookup<OrganizationView> getOrganization(long organizationId) {
    return lookup(lookups.organization(organizationId));
  }

  /** The load names the organization of each call. */
  @Override
  public Lookup<SipDomainView> getSipDomain(String domain) {
    return lookup(null);
  }

  @Override
  public Lookup<ExtensionView> getExtension(long organizationId, String extensionNumber) {
    return lookup(lookups.extension(organizationId, extensionNumber));
  }

  @Override
  public Lookup<ActiveSchedule> getActiveBusinessHoursSchedule(long organizationId) {
    return lookup(lookups.schedule(organizationId));
  }

  /** The load has no calls to phone numbers. */
  @Override
  public Lookup<ActiveSchedule> getBusinessHoursSchedule(long organizationId, long scheduleId) {
    return lookup(null);
  }

  @Override
  public Lookup<PhoneNumberView> getPhoneNumber(String number) {
    return lookup(null);
  }

  @Override
  public Lookup<PhoneNumberBlocks> getPhoneNumberBlocks() {
    return lookup(null);
  }

  private static <V> Lookup<V> lookup(@Nullable V value) {
    return value == null ? new Lookup.Absent<>(STATUS) : new Lookup.Found<>(value, STATUS);
  }
}
