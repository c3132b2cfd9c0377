package io.voicerouting.organization;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.cache.ResourceDefinition;
import io.voicerouting.common.CallOverride;
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
                    row.organization().toView().with(CallOverride.parse(row.overrides())),
                    row.snapshot()))
        .orElse(null);
  }

  @Override
  public @Nullable CacheKey keyOf(long organizationId, @Nullable String identifier) {
    return identifier == null ? new CacheKey(NAME, organizationId, null) : null;
  }

  @Override
  public List<CacheKey> keysToWarm(long organizationId) {
    return List
        .of(); // warming covers extensions and schedules; an organization is one row, loaded by the
    // first call
  }
}
