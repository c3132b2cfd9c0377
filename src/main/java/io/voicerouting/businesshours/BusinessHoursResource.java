package io.voicerouting.businesshours;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The active schedule of an organization, whole, as the cache holds it. */
@Component
public class BusinessHoursResource implements CachedResource<ActiveSchedule> {

  /** Resource type in keys: {@code routing:business_hours:<organization_id>}. */
  public static final String NAME = "business_hours";

  private static final int SCHEMA_VERSION = 1;

  private final BusinessHoursRepository schedules;
  private final BusinessHoursCacheProperties properties;

  BusinessHoursResource(
      BusinessHoursRepository schedules, BusinessHoursCacheProperties properties) {
    this.schedules = schedules;
    this.properties = properties;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Business hours";
  }

  @Override
  public Class<ActiveSchedule> type() {
    return ActiveSchedule.class;
  }

  @Override
  public int schemaVersion() {
    return SCHEMA_VERSION;
  }

  @Override
  public Duration ttl() {
    return properties.ttl();
  }

  /** Three statements, however much the schedule holds; one when there is none. */
  @Override
  public @Nullable ActiveSchedule load(long organizationId, @Nullable String identifier) {
    return schedules.findActive(organizationId).map(this::view).orElse(null);
  }

  private ActiveSchedule view(BusinessHoursRepository.Effective active) {
    schedules.fetchNestedRows(List.of(active.schedule()));
    return ActiveSchedule.of(BusinessHoursMapping.view(active.schedule(), active.timezone()));
  }

  /** The one key there is; without an active schedule its negative entry is worth having. */
  @Override
  public List<CacheKey> keysToWarm(long organizationId) {
    return List.of(new CacheKey(NAME, organizationId, null));
  }
}
