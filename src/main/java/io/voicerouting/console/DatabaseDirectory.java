package io.voicerouting.console;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursResource;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionResource;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationResource;
import io.voicerouting.organization.OrganizationView;
import io.voicerouting.organization.SipDomainResource;
import io.voicerouting.organization.SipDomainView;
import io.voicerouting.phonenumber.PhoneNumberBlockResource;
import io.voicerouting.phonenumber.PhoneNumberBlocks;
import io.voicerouting.phonenumber.PhoneNumberResource;
import io.voicerouting.phonenumber.PhoneNumberView;
import io.voicerouting.routing.RoutingDirectory;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Loads every document from PostgreSQL, past the cache, and stores nothing. Methods throw {@link
 * org.springframework.dao.DataAccessException} if the database is unavailable.
 */
@Component
final class DatabaseDirectory implements RoutingDirectory {

  private static final CacheStatus STATUS = CacheStatus.miss();

  private final OrganizationResource organizations;
  private final SipDomainResource sipDomains;
  private final ExtensionResource extensions;
  private final BusinessHoursResource businessHours;
  private final PhoneNumberResource phoneNumbers;
  private final PhoneNumberBlockResource blocks;

  DatabaseDirectory(
      OrganizationResource organizations,
      SipDomainResource sipDomains,
      ExtensionResource extensions,
      BusinessHoursResource businessHours,
      PhoneNumberResource phoneNumbers,
      PhoneNumberBlockResource blocks) {
    this.organizations = organizations;
    this.sipDomains = sipDomains;
    this.extensions = extensions;
    this.businessHours = businessHours;
    this.phoneNumbers = phoneNumbers;
    this.blocks = blocks;
  }

  @Override
  public Lookup<OrganizationView> getOrganization(long organizationId) {
    return load(organizations, organizationId, null);
  }

  @Override
  public Lookup<SipDomainView> getSipDomain(String domain) {
    return load(sipDomains, SipDomainResource.key(domain));
  }

  @Override
  public Lookup<ExtensionView> getExtension(long organizationId, String extensionNumber) {
    return load(extensions, organizationId, extensionNumber);
  }

  @Override
  public Lookup<ActiveSchedule> getActiveBusinessHoursSchedule(long organizationId) {
    return load(businessHours, organizationId, null);
  }

  @Override
  public Lookup<ActiveSchedule> getBusinessHoursSchedule(long organizationId, long scheduleId) {
    return load(businessHours, organizationId, Long.toString(scheduleId));
  }

  @Override
  public Lookup<PhoneNumberView> getPhoneNumber(String number) {
    return load(phoneNumbers, PhoneNumberResource.key(number));
  }

  @Override
  public Lookup<PhoneNumberBlocks> getPhoneNumberBlocks() {
    return load(blocks, PhoneNumberBlockResource.KEY);
  }

  private static <V> Lookup<V> load(CachedResource<V> resource, CacheKey key) {
    return load(resource, key.organizationId(), key.identifier());
  }

  private static <V> Lookup<V> load(
      CachedResource<V> resource, long organizationId, @Nullable String identifier) {
    LoadedDocument<V> loaded = resource.load(organizationId, identifier);
    return loaded == null
        ? new Lookup.Absent<>(STATUS)
        : new Lookup.Found<>(loaded.value(), STATUS);
  }
}
