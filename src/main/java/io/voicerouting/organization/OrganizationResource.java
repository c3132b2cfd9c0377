package io.voicerouting.organization;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** An organization as a cached resource. */
@Component
public class OrganizationResource implements CachedResource<OrganizationView> {

  /** Resource type in keys: {@code routing:organization:<organization_id>}. */
  public static final String NAME = "organization";

  private static final int SCHEMA_VERSION = 2;
  private static final Duration DEFAULT_TTL = Duration.ofMinutes(30);

  private final OrganizationRepository organizations;

  OrganizationResource(OrganizationRepository organizations) {
    this.organizations = organizations;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Organization";
  }

  @Override
  public Class<OrganizationView> type() {
    return OrganizationView.class;
  }

  @Override
  public int schemaVersion() {
    return SCHEMA_VERSION;
  }

  @Override
  public Duration defaultTtl() {
    return DEFAULT_TTL;
  }

  @Override
  public @Nullable LoadedDocument<OrganizationView> load(
      long organizationId, @Nullable String identifier) {
    return organizations
        .load(organizationId)
        .map(row -> new LoadedDocument<>(row.organization().toView(), row.snapshot()))
        .orElse(null);
  }

  @Override
  public List<CacheKey> keysToWarm(long organizationId) {
    return List
        .of(); // warming covers extensions and schedules; an organization is one row, loaded by the
    // first call
  }
}
