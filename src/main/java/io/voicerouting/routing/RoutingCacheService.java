package io.voicerouting.routing;

import io.voicerouting.businesshours.BusinessHoursResource;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheReader;
import io.voicerouting.cache.RequestReader;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.common.CurrentClient;
import io.voicerouting.extension.ExtensionResource;
import io.voicerouting.organization.OrganizationResource;
import io.voicerouting.organization.SipDomainResource;
import io.voicerouting.phonenumber.PhoneNumberBlockResource;
import io.voicerouting.phonenumber.PhoneNumberResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Looks up routing data cache-aside: in the cache, else in PostgreSQL. {@link RoutingCache} states
 * how current an answer is.
 */
@Service
public class RoutingCacheService extends ReaderDirectory {

  private final RoutingCache cache;
  private final RoutingResources resources;
  private final CurrentClient clients;

  RoutingCacheService(RoutingCache cache, RoutingResources resources, CurrentClient clients) {
    super(resources, cache);
    this.cache = cache;
    this.resources = resources;
    this.clients = clients;
  }

  /** Returns the directory for one decision, confined to the organization of the client, if any. */
  @Override
  public RoutingDirectory forRequest(DecisionRequest request) {
    return forRequest(request, UnaryOperator.identity());
  }

  /**
   * Returns the directory for one decision, as {@link #forRequest(DecisionRequest)} does.
   *
   * @param view wraps the reader of the cache; the decision reads through the result
   */
  public RoutingDirectory forRequest(DecisionRequest request, UnaryOperator<CacheReader> view) {
    Long only = clients.organizationId();
    RequestReader all = cache.forRequest();
    ConfinedReader confined = only == null ? null : new ConfinedReader(all, only);
    RequestReader reader = confined == null ? all : confined;
    reader.expect(() -> firstKeys(request));
    return new RequestDirectory(resources, reader, view.apply(reader), confined);
  }

  private static List<CacheKey> firstKeys(DecisionRequest request) {
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

  /** The directory for one decision. */
  private static final class RequestDirectory extends ReaderDirectory {

    private final RequestReader requests;
    private final @Nullable ConfinedReader confined; // null: all organizations may be seen

    RequestDirectory(
        RoutingResources resources,
        RequestReader requests,
        CacheReader view,
        @Nullable ConfinedReader confined) {
      super(resources, view);
      this.requests = requests;
      this.confined = confined;
    }

    @Override
    public boolean isVisible(long organizationId) {
      return confined == null || confined.isVisible(organizationId);
    }

    @Override
    public boolean isHidden(String number) {
      return confined != null && confined.hides(PhoneNumberResource.key(number));
    }

    @Override
    public void prefetch(LikelyLookups likely) {
      requests.expect(() -> keys(likely));
    }
  }

  private static List<CacheKey> keys(LikelyLookups likely) {
    long organizationId = likely.organizationId();
    List<CacheKey> keys = new ArrayList<>();
    if (likely.organization()) {
      keys.add(new CacheKey(OrganizationResource.NAME, organizationId, null));
    }
    switch (likely.hours()) {
      case NONE -> {}
      case ORGANIZATION -> keys.add(new CacheKey(BusinessHoursResource.NAME, organizationId, null));
      case NUMBER ->
          keys.add(
              new CacheKey(
                  BusinessHoursResource.NAME, organizationId, String.valueOf(likely.scheduleId())));
    }
    for (String extension : likely.extensions()) {
      keys.add(new CacheKey(ExtensionResource.NAME, organizationId, extension));
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
    return cache.evict(new CacheKey(ExtensionResource.NAME, organizationId, extensionNumber));
  }

  /**
   * Evicts the active schedule, or its negative entry.
   *
   * @return whether there was a cache entry
   * @throws io.voicerouting.cache.CacheUnavailableException if Redis did not confirm the eviction,
   *     or the database is unavailable
   */
  public boolean invalidateBusinessHoursSchedule(long organizationId) {
    return cache.evict(new CacheKey(BusinessHoursResource.NAME, organizationId, null));
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
    // Shared with other organizations, so it does not count.
    cache.evict(PhoneNumberBlockResource.KEY);
    return evicted;
  }
}
