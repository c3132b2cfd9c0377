package io.voicerouting.bench.baseline;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationView;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.Cacheable;

/** Spring's {@code @Cacheable} over Redis, in its usual form. */
@CacheConfig(cacheManager = CacheableConfiguration.CACHE_MANAGER)
class CacheableLookups implements Lookups {

  static final String ORGANIZATIONS = "organizations";
  static final String EXTENSIONS = "extensions";
  static final String SCHEDULES = "schedules";

  private final Lookups database;

  CacheableLookups(Lookups database) {
    this.database = database;
  }

  @Override
  @Cacheable(ORGANIZATIONS)
  public @Nullable OrganizationView organization(long organizationId) {
    return database.organization(organizationId);
  }

  @Override
  @Cacheable(EXTENSIONS)
  public @Nullable ExtensionView extension(long organizationId, String extensionNumber) {
    return database.extension(organizationId, extensionNumber);
  }

  @Override
  @Cacheable(SCHEDULES)
  public @Nullable ActiveSchedule schedule(long organizationId) {
    return database.schedule(organizationId);
  }
}
