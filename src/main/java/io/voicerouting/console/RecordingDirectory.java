package io.voicerouting.console;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursResource;
import io.voicerouting.cache.CacheKey;
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
import io.voicerouting.routing.DecisionRequest;
import io.voicerouting.routing.LikelyLookups;
import io.voicerouting.routing.RoutingDirectory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes lookups on and notes each with its key, in the order in which a decision makes them. */
final class RecordingDirectory implements RoutingDirectory {

  private final RoutingDirectory directory;
  private final List<Recorded> recorded;

  /** Records into a list, which one decision fills. */
  RecordingDirectory(RoutingDirectory directory, List<Recorded> recorded) {
    this.directory = directory;
    this.recorded = recorded;
  }

  /** One lookup and its result. */
  record Recorded(CacheKey key, Lookup<?> lookup) {}

  @Override
  public RoutingDirectory forRequest(DecisionRequest request) {
    return new RecordingDirectory(directory.forRequest(request), recorded);
  }

  @Override
  public boolean isVisible(long organizationId) {
    return directory.isVisible(organizationId);
  }

  @Override
  public void prefetch(LikelyLookups likely) {
    directory.prefetch(likely);
  }

  @Override
  public Lookup<OrganizationView> getOrganization(long organizationId) {
    return record(
        new CacheKey(OrganizationResource.NAME, organizationId, null),
        directory.getOrganization(organizationId));
  }

  @Override
  public Lookup<SipDomainView> getSipDomain(String domain) {
    return record(SipDomainResource.key(domain), directory.getSipDomain(domain));
  }

  @Override
  public Lookup<ExtensionView> getExtension(long organizationId, String extensionNumber) {
    return record(
        new CacheKey(ExtensionResource.NAME, organizationId, extensionNumber),
        directory.getExtension(organizationId, extensionNumber));
  }

  @Override
  public Lookup<ActiveSchedule> getActiveBusinessHoursSchedule(long organizationId) {
    return record(
        new CacheKey(BusinessHoursResource.NAME, organizationId, null),
        directory.getActiveBusinessHoursSchedule(organizationId));
  }

  @Override
  public Lookup<ActiveSchedule> getBusinessHoursSchedule(long organizationId, long scheduleId) {
    return record(
        new CacheKey(BusinessHoursResource.NAME, organizationId, Long.toString(scheduleId)),
        directory.getBusinessHoursSchedule(organizationId, scheduleId));
  }

  @Override
  public Lookup<PhoneNumberView> getPhoneNumber(String number) {
    return record(PhoneNumberResource.key(number), directory.getPhoneNumber(number));
  }

  @Override
  public Lookup<PhoneNumberBlocks> getPhoneNumberBlocks() {
    return record(PhoneNumberBlockResource.KEY, directory.getPhoneNumberBlocks());
  }

  private <V> Lookup<V> record(CacheKey key, Lookup<V> lookup) {
    recorded.add(new Recorded(key, lookup));
    return lookup;
  }

  /** The document of the first lookup of a resource; null if there is none. */
  static <V> @Nullable V find(List<Recorded> recorded, String resource, Class<V> type) {
    return recorded.stream()
        .filter(lookup -> lookup.key().resource().equals(resource))
        .map(lookup -> lookup.lookup() instanceof Lookup.Found<?> found ? found.value() : null)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElse(null);
  }
}
