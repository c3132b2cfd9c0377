package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursResource;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheReader;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.RequestReader;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.extension.ExtensionResource;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationResource;
import io.voicerouting.organization.OrganizationView;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * Looks up routing data cache-aside: in the cache, else in PostgreSQL. {@link RoutingCache} states
 * how current an answer is.
 */
@Service
public class RoutingCacheService implements RoutingDirectory {

  private final RoutingCache cache;
  private final OrganizationResource organizations;
  private final ExtensionResource extensions;
  private final BusinessHoursResource businessHours;
  private final Directory directory;

  RoutingCacheService(
      RoutingCache cache,
      OrganizationResource organizations,
      ExtensionResource extensions,
      BusinessHoursResource businessHours) {
    this.cache = cache;
    this.organizations = organizations;
    this.extensions = extensions;
    this.businessHours = businessHours;
    this.directory = new Directory(cache);
  }

  @Override
  public Lookup<OrganizationView> getOrganization(long organizationId) {
    return directory.getOrganization(organizationId);
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
  public RoutingDirectory forRequest(DecisionRequest request) {
    List<CacheKey> expected = new ArrayList<>();
    expected.add(new CacheKey(organizations.name(), request.organizationId(), null));
    if (request.direction() == CallDirection.INBOUND) {
      expected.add(new CacheKey(businessHours.name(), request.organizationId(), null));
    }
    if (request.to() != null) {
      expected.add(new CacheKey(extensions.name(), request.organizationId(), request.to()));
    }
    RequestReader reader = cache.forRequest();
    reader.expect(expected);
    return new Directory(reader);
  }

  /** Looks up documents of this service's resources through one reader. */
  private final class Directory implements RoutingDirectory {
    private final CacheReader reader;

    Directory(CacheReader reader) {
      this.reader = reader;
    }

    @Override
    public Lookup<OrganizationView> getOrganization(long organizationId) {
      return reader.get(organizations, organizationId, null);
    }

    @Override
    public Lookup<ExtensionView> getExtension(long organizationId, String extensionNumber) {
      return reader.get(extensions, organizationId, extensionNumber);
    }

    @Override
    public Lookup<ActiveSchedule> getActiveBusinessHoursSchedule(long organizationId) {
      return reader.get(businessHours, organizationId, null);
    }
  }

  /**
   * Evicts one extension, or its negative entry.
   *
   * @return whether there was a cache entry
   * @throws io.voicerouting.cache.CacheUnavailableException if Redis did not confirm the eviction
   */
  public boolean invalidateExtension(long organizationId, String extensionNumber) {
    return cache.evict(new CacheKey(extensions.name(), organizationId, extensionNumber));
  }

  /**
   * Evicts the active schedule, or its negative entry.
   *
   * @return whether there was a cache entry
   * @throws io.voicerouting.cache.CacheUnavailableException if Redis did not confirm the eviction
   */
  public boolean invalidateBusinessHoursSchedule(long organizationId) {
    return cache.evict(new CacheKey(businessHours.name(), organizationId, null));
  }

  /**
   * Evicts everything of one organization.
   *
   * @return number of evicted cache entries
   * @throws io.voicerouting.cache.CacheUnavailableException if Redis did not confirm the eviction
   */
  public long clearOrganizationCache(long organizationId) {
    return cache.clear(organizationId);
  }
}
