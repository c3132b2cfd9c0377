package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheReader;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationView;
import io.voicerouting.organization.SipDomainResource;
import io.voicerouting.organization.SipDomainView;
import io.voicerouting.phonenumber.PhoneNumberBlockResource;
import io.voicerouting.phonenumber.PhoneNumberBlocks;
import io.voicerouting.phonenumber.PhoneNumberResource;
import io.voicerouting.phonenumber.PhoneNumberView;

/** Looks documents up through a reader: the cache, or another one for the same resources. */
public class ReaderDirectory implements RoutingDirectory {

  private final RoutingResources resources;
  private final CacheReader reader;

  /** Creates a directory of what the reader finds. */
  public ReaderDirectory(RoutingResources resources, CacheReader reader) {
    this.resources = resources;
    this.reader = reader;
  }

  @Override
  public Lookup<OrganizationView> getOrganization(long organizationId) {
    return reader.get(resources.organizations(), organizationId, null);
  }

  @Override
  public Lookup<SipDomainView> getSipDomain(String domain) {
    return get(resources.sipDomains(), SipDomainResource.key(domain));
  }

  @Override
  public Lookup<ExtensionView> getExtension(long organizationId, String extensionNumber) {
    return reader.get(resources.extensions(), organizationId, extensionNumber);
  }

  @Override
  public Lookup<ActiveSchedule> getActiveBusinessHoursSchedule(long organizationId) {
    return reader.get(resources.businessHours(), organizationId, null);
  }

  @Override
  public Lookup<ActiveSchedule> getBusinessHoursSchedule(long organizationId, long scheduleId) {
    return reader.get(resources.businessHours(), organizationId, Long.toString(scheduleId));
  }

  @Override
  public Lookup<PhoneNumberView> getPhoneNumber(String number) {
    return get(resources.phoneNumbers(), PhoneNumberResource.key(number));
  }

  @Override
  public Lookup<PhoneNumberBlocks> getPhoneNumberBlocks() {
    return get(resources.phoneNumberBlocks(), PhoneNumberBlockResource.KEY);
  }

  private <V> Lookup<V> get(CachedResource<V> resource, CacheKey key) {
    return reader.get(resource, key.organizationId(), key.identifier());
  }
}
