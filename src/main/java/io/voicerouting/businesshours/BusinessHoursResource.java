package io.voicerouting.businesshours;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.cache.ResourceDefinition;
import io.voicerouting.cache.TaggedKeys;
import io.voicerouting.common.PositiveId;
import io.voicerouting.organization.OrganizationResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Active schedules as a cached resource: that of an organization, and those for phone numbers,
 * which are identified by their ids.
 */
@Component
public class BusinessHoursResource implements CachedResource<ActiveSchedule> {

  /**
   * Resource type in keys: {@code routing:business_hours:<organization_id>}, for phone numbers
   * {@code routing:business_hours:<organization_id>:<schedule_id>}.
   */
  public static final String NAME = "business_hours";

  private static final ResourceDefinition<ActiveSchedule> DEFINITION =
      new ResourceDefinition<>(
          NAME, "Business hours", ActiveSchedule.class, 3, Duration.ofMinutes(15));

  /** A schedule without a zone has that of its organization. */
  private static final TaggedKeys TAGGED_KEYS =
      new TaggedKeys(
          """
          select s.organization_id, case s.scope when 'number' then s.id::text end as identifier,
            s.organization_id as owner_id, coalesce(s.timezone, o.timezone) as timezone
          from business_hours_schedules s join organizations o on o.id = s.organization_id
          where s.status = 'active' and s.deleted_at is null
          """,
          List.of(OrganizationResource.TIMEZONE));

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final BusinessHoursRepository schedules;

  BusinessHoursResource(BusinessHoursRepository schedules) {
    this.schedules = schedules;
  }

  @Override
  public ResourceDefinition<ActiveSchedule> definition() {
    return DEFINITION;
  }

  @Override
  public @Nullable LoadedDocument<ActiveSchedule> load(
      long organizationId, @Nullable String identifier) {
    return schedules
        .findActiveAsJson(organizationId, identifier == null ? 0 : Long.parseLong(identifier))
        .map(
            row ->
                new LoadedDocument<>(
                    schedule(row.getJson()), row.getSnapshot(), row.getChangedAt()))
        .orElse(null);
  }

  private static ActiveSchedule schedule(String json) {
    return ActiveSchedule.of(MAPPER.readValue(json, BusinessHoursView.class));
  }

  @Override
  public CacheKey keyOf(long organizationId, @Nullable String identifier) {
    return new CacheKey(
        NAME, organizationId, identifier == null ? null : PositiveId.of(identifier).toString());
  }

  /**
   * The key of the organization's schedule, and those of schedules for numbers. Without an active
   * schedule of the organization, warming stores a negative entry.
   */
  @Override
  public List<CacheKey> keysToWarm(long organizationId) {
    List<CacheKey> keys = new ArrayList<>();
    keys.add(new CacheKey(NAME, organizationId, null));
    for (long id : schedules.findActiveIdsForNumbers(organizationId)) {
      keys.add(new CacheKey(NAME, organizationId, Long.toString(id)));
    }
    return keys;
  }

  @Override
  public TaggedKeys taggedKeys() {
    return TAGGED_KEYS;
  }
}
