package io.voicerouting.organization;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.cache.ResourceDefinition;
import io.voicerouting.cache.TaggedKeys;
import io.voicerouting.common.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A SIP domain as a cached resource. A lookup finds the organization, so its key has {@link
 * CacheKey#NO_ORGANIZATION}.
 */
@Component
public class SipDomainResource implements CachedResource<SipDomainView> {

  /** Resource type in keys: {@code routing:sip_domain:0:<domain>}. */
  public static final String NAME = "sip_domain";

  private static final ResourceDefinition<SipDomainView> DEFINITION =
      new ResourceDefinition<>(NAME, "SIP domain", SipDomainView.class, 1, Duration.ofMinutes(30));

  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.-]{1,253}");
  private static final TaggedKeys TAGGED_KEYS =
      new TaggedKeys(
          "select 0::bigint as organization_id, sip_domain as identifier, id as owner_id"
              + " from organizations where sip_domain is not null");

  private final OrganizationRepository organizations;

  SipDomainResource(OrganizationRepository organizations) {
    this.organizations = organizations;
  }

  /**
   * The key of a domain's document.
   *
   * @param domain lower case
   */
  public static CacheKey key(String domain) {
    return new CacheKey(NAME, CacheKey.NO_ORGANIZATION, domain);
  }

  @Override
  public ResourceDefinition<SipDomainView> definition() {
    return DEFINITION;
  }

  @Override
  public @Nullable LoadedDocument<SipDomainView> load(
      long organizationId, @Nullable String identifier) {
    if (identifier == null) {
      throw new IllegalArgumentException("identifier: null (expected: a SIP domain)");
    }
    return organizations
        .loadBySipDomain(identifier)
        .map(
            row ->
                new LoadedDocument<>(
                    new SipDomainView(identifier, row.id()), row.snapshot(), row.changedAt()))
        .orElse(null);
  }

  /** The organization that the domain belongs to. */
  @Override
  public long owner(CacheKey key, SipDomainView document) {
    return document.organizationId();
  }

  @Override
  public @Nullable CacheKey keyOf(long organizationId, @Nullable String identifier) {
    if (identifier == null) {
      return null;
    }
    if (!DOMAIN.matcher(identifier).matches()) {
      throw new IllegalArgumentException(FieldError.describe(identifier, "a SIP domain"));
    }
    return key(identifier.toLowerCase(Locale.ROOT));
  }

  @Override
  public List<CacheKey> keysToWarm(long organizationId) {
    return organizations
        .findById(organizationId)
        .map(Organization::getSipDomain)
        .map(domain -> List.of(key(domain)))
        .orElse(List.of());
  }

  @Override
  public TaggedKeys taggedKeys() {
    return TAGGED_KEYS;
  }
}
