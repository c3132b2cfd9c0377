package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursResource;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.extension.ExtensionResource;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationResource;
import io.voicerouting.organization.OrganizationView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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

  RoutingCacheService(
      RoutingCache cache,
      OrganizationResource organizations,
      ExtensionResource extensions,
      BusinessHoursResource businessHours) {
    this.cache = cache;
    this.organizations = organizations;
    this.extensions = extensions;
    this.businessHours = businessHours;
  }

  @Override
  public Lookup<OrganizationView> getOrganization(long organizationId) {
    return cache.get(organizations, organizationId, null);
  }

  @Override
  public Lookup<ExtensionView> getExtension(long organizationId, String extensionNumber) {
    return cache.get(extensions, organizationId, extensionNumber);
  }

  @Override
  public Lookup<ActiveSchedule> getActiveBusinessHoursSchedule(long organizationId) {
    return cache.get(businessHours, organizationId, null);
  }

  @Override
  public <T> T asOne(DecisionRequest request, Supplier<T> lookups) {
    List<CacheKey> likely = new ArrayList<>();
    likely.add(new CacheKey(organizations.name(), request.organizationId(), null));
    if (request.direction() == CallDirection.INBOUND) {
      likely.add(new CacheKey(businessHours.name(), request.organizationId(), null));
    }
    if (request.to() != null) {
      likely.add(new CacheKey(extensions.name(), request.organizationId(), request.to()));
    }
    return cache.asOne(likely, lookups);
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
