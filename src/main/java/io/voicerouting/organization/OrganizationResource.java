package io.voicerouting.organization;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.cache.ResourceDefinition;
import io.voicerouting.cache.TaggedKeys;
import io.voicerouting.common.CallOverride;
import io.voicerouting.common.TimeZones;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** An organization as a cached resource. */
@Component
public class OrganizationResource implements CachedResource<OrganizationView> {

  /** Resource type in keys: {@code routing:organization:<organization_id>}. */
  public static final String NAME = "organization";

  private static final ResourceDefinition<OrganizationView> DEFINITION =
      new ResourceDefinition<>(
          NAME, "Organization", OrganizationView.class, 3, Duration.ofMinutes(30));

  /** The tag of documents that show a time zone. */
  public static final TaggedKeys.Tag TIMEZONE =
      new TaggedKeys.Tag(
          "timezone",
          "IANA time zone such as Europe/Berlin, see /api/v1/time-zones",
          name -> TimeZones.check("timezone", name).isEmpty());

  private static final TaggedKeys TAGGED_KEYS =
      new TaggedKeys(
          "select id as organization_id, null::text as identifier, id as owner_id, timezone"
              + " from organizations",
          List.of(TIMEZONE));

  private final OrganizationRepository organizations;

  OrganizationResource(OrganizationRepository organizations) {
    this.organizations = organizations;
  }

  @Override
  public ResourceDefinition<OrganizationView> definition() {
    return DEFINITION;
  }

  @Override
  public @Nullable LoadedDocument<OrganizationView> load(
      long organizationId, @Nullable String identifier) {
    return organizations
        .load(organizationId)
        .map(
            row ->
                new LoadedDocument<>(
                    row.organization().toView(CallOverride.parse(row.overrides())),
                    row.snapshot(),
                    row.changedAt()))
        .orElse(null);
  }

  @Override
  public @Nullable CacheKey keyOf(long organizationId, @Nullable String identifier) {
    return identifier == null ? new CacheKey(NAME, organizationId, null) : null;
  }

  @Override
  public List<CacheKey> keysToWarm(long organizationId) {
    return List.of(new CacheKey(NAME, organizationId, null));
  }

  @Override
  public TaggedKeys taggedKeys() {
    return TAGGED_KEYS;
  }
}
