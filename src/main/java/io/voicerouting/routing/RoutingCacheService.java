package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursResource;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheReader;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.RequestReader;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.common.CurrentClient;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Looks up routing data cache-aside: in the cache, else in PostgreSQL. {@link RoutingCache} states
 * how current an answer is.
 */
@Service
public class RoutingCacheService implements RoutingDirectory {

  private final RoutingCache cache;
  private final OrganizationResource organizations;
  private final SipDomainResource sipDomains;
  private final ExtensionResource extensions;
  private final BusinessHoursResource businessHours;
  private final PhoneNumberResource phoneNumbers;
  private final PhoneNumberBlockResource phoneNumberBlocks;
  private final CurrentClient clients;
  private final Directory directory;

  RoutingCacheService(
      RoutingCache cache,
      OrganizationResource organizations,
      SipDomainResource sipDomains,
      ExtensionResource extensions,
      BusinessHoursResource businessHours,
      PhoneNumberResource phoneNumbers,
      PhoneNumberBlockResource phoneNumberBlocks,
      CurrentClient clients) {
    this.cache = cache;
    this.organizations = organizations;
    this.sipDomains = sipDomains;
    this.extensions = extensions;
    this.businessHours = businessHours;
    this.phoneNumbers = phoneNumbers;
    this.phoneNumberBlocks = phoneNumberBlocks;
    this.clients = clients;
    this.directory = new Directory(cache, keys -> {}, null);
  }

  @Override
  public Lookup<OrganizationView> getOrganization(long organizationId) {
    return directory.getOrganization(organizationId);
  }

  @Override
  public Lookup<SipDomainView> getSipDomain(String domain) {
    return directory.getSipDomain(domain);
  }

  @Override
  public Lookup<ExtensionView> getExtension(long organizationId, String extensionNumber) {
    return directory.getExtension(organizationId, extensionNumber);
  }

  @Override
  public Lookup<ActiveSchedule> getActiveBusinessHoursSchedule(long organizationId) {
    return directory.getActiveBusinessHoursSchedule(organizationId);
  }

  @Override
  public Lookup<ActiveSchedule> getBusinessHoursSchedule(long organizationId, long scheduleId) {
    return directory.getBusinessHoursSchedule(organizationId, scheduleId);
  }

  @Override
  public Lookup<PhoneNumberView> getPhoneNumber(String number) {
    return directory.getPhoneNumber(number);
  }

  @Override
  public Lookup<PhoneNumberBlocks> getPhoneNumberBlocks() {
    return directory.getPhoneNumberBlocks();
  }

  /** Returns the directory for one decision, confined to the organization of the client, if any. */
  @Override
  public RoutingDirectory forRequest(DecisionRequest request) {
    Long only = clients.organizationId();
    RequestReader all = cache.forRequest();
    RequestReader reader = only == null ? all : new ConfinedReader(all, only);
    Directory lookups = new Directory(reader, reader::expect, only);
    reader.expect(() -> firstKeys(request));
    return lookups;
  }

  private List<CacheKey> firstKeys(DecisionRequest request) {
    LikelyLookups likely = LikelyLookups.of(request);
    if (likely != null) {
      return keys(likely);
    }
    String number = request.phoneNumber();
    return List.of(
        number == null
            ? SipDomainResource.key(Objects.requireNonNull(request.sipDomain()))
            : PhoneNumberResource.key(number));
  }

  /** Looks up documents of this service's resources through one reader. */
  private final class Directory implements RoutingDirectory {
    private final CacheReader reader;
    private final Consumer<Supplier<List<CacheKey>>> expect;
    private final @Nullable Long only; // the organization that may be seen; null: all

    Directory(CacheReader reader, Consumer<Supplier<List<CacheKey>>> expect, @Nullable Long only) {
      this.reader = reader;
      this.expect = expect;
      this.only = only;
    }

    @Override
    public boolean isVisible(long organizationId) {
      return only == null || only == organizationId;
    }

    @Override
    public Lookup<OrganizationView> getOrganization(long organizationId) {
      return reader.get(organizations, organizationId, null);
    }

    @Override
    public Lookup<SipDomainView> getSipDomain(String domain) {
      CacheKey key = SipDomainResource.key(domain);
      return reader.get(sipDomains, key.organizationId(), key.identifier());
    }

    @Override
    public Lookup<ExtensionView> getExtension(long organizationId, String extensionNumber) {
      return reader.get(extensions, organizationId, extensionNumber);
    }

    @Override
    public Lookup<ActiveSchedule> getActiveBusinessHoursSchedule(long organizationId) {
      return reader.get(businessHours, organizationId, null);
    }

    @Override
    public Lookup<ActiveSchedule> getBusinessHoursSchedule(long organizationId, long scheduleId) {
      return reader.get(businessHours, organizationId, Long.toString(scheduleId));
    }

    @Override
    public Lookup<PhoneNumberView> getPhoneNumber(String number) {
      CacheKey key = PhoneNumberResource.key(number);
      return reader.get(phoneNumbers, key.organizationId(), key.identifier());
    }

    @Override
    public Lookup<PhoneNumberBlocks> getPhoneNumberBlocks() {
      return reader.get(phoneNumberBlocks, CacheKey.NO_ORGANIZATION, null);
    }

    @Override
    public void prefetch(LikelyLookups likely) {
      expect.accept(() -> keys(likely));
    }
  }

  private List<CacheKey> keys(LikelyLookups likely) {
    long organizationId = likely.organizationId();
    List<CacheKey> keys = new ArrayList<>();
    if (likely.organization()) {
      keys.add(new CacheKey(organizations.name(), organizationId, null));
    }
    switch (likely.hours()) {
      case NONE -> {}
      case ORGANIZATION -> keys.add(new CacheKey(businessHours.name(), organizationId, null));
      case NUMBER ->
          keys.add(
              new CacheKey(
                  businessHours.name(), organizationId, String.valueOf(likely.scheduleId())));
    }
    for (String extension : likely.extensions()) {
      keys.add(new CacheKey(extensions.name(), organizationId, extension));
    }
    return keys;
  }

  /**
   * Evicts one extension, or its negative entry.
   *
   * @return whether there was a cache entry
   * @throws io.voicerouting.cache.CacheUnavailableException if Redis did not confirm the eviction,
   *     or the database is unavailable
   */
  public boolean invalidateExtension(long organizationId, String extensionNumber) {
    return cache.evict(new CacheKey(extensions.name(), organizationId, extensionNumber));
  }

  /**
   * Evicts the active schedule, or its negative entry.
   *
   * @return whether there was a cache entry
   * @throws io.voicerouting.cache.CacheUnavailableException if Redis did not confirm the eviction,
   *     or the database is unavailable
   */
  public boolean invalidateBusinessHoursSchedule(long organizationId) {
    return cache.evict(new CacheKey(businessHours.name(), organizationId, null));
  }

  /**
   * Evicts everything of one organization: its phone numbers, too, and the document of all blocks,
   * which may hold some of its own.
   *
   * @return number of evicted cache entries, without the document of all blocks
   * @throws io.voicerouting.cache.CacheUnavailableException if Redis did not confirm the eviction,
   *     or the database is unavailable
   */
  public long clearOrganizationCache(long organizationId) {
    long evicted = cache.clear(organizationId);
    cache.evict(
        PhoneNumberBlockResource.KEY); // shared with other organizations, so it does not count
    return evicted;
  }
}
