package io.voicerouting.actuate;

import io.voicerouting.businesshours.BusinessHoursResource;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheSummary;
import io.voicerouting.cache.CachedEntry;
import io.voicerouting.cache.CachedKeys;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PositiveId;
import io.voicerouting.extension.ExtensionNumber;
import io.voicerouting.extension.ExtensionResource;
import io.voicerouting.routing.RoutingCacheService;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.stereotype.Component;

/** The endpoint {@code /actuator/routing-cache}: inspects the cache, evicts and warms entries. */
@Component
@WebEndpoint(id = "routingcache")
class RoutingCacheEndpoint {

  private static final String EXTENSIONS = "extensions";
  private static final String BUSINESS_HOURS = "business-hours";

  private final RoutingCache cache;
  private final RoutingCacheService service;

  RoutingCacheEndpoint(RoutingCache cache, RoutingCacheService service) {
    this.cache = cache;
    this.service = service;
  }

  @ReadOperation
  CacheSummary summary() {
    return cache.summary();
  }

  @ReadOperation
  CachedKeys keys(@Selector PositiveId org, @Nullable Integer page, @Nullable Integer size) {
    PageQuery query = Pages.of(page, size);
    return cache.keys(org.value(), query.page(), query.size());
  }

  @ReadOperation
  CachedEntry businessHours(@Selector PositiveId org, @Selector String resource) {
    require(BUSINESS_HOURS, resource);
    return cache.inspect(new CacheKey(BusinessHoursResource.NAME, org.value(), null));
  }

  @ReadOperation
  CachedEntry extension(
      @Selector PositiveId org, @Selector String resource, @Selector ExtensionNumber number) {
    require(EXTENSIONS, resource);
    return cache.inspect(new CacheKey(ExtensionResource.NAME, org.value(), number.value()));
  }

  @DeleteOperation
  Map<String, Long> evictAll() {
    return evicted(cache.clearAll());
  }

  @DeleteOperation
  Map<String, Long> evictOrganization(@Selector PositiveId org) {
    return evicted(service.clearOrganizationCache(org.value()));
  }

  @DeleteOperation
  Map<String, Long> evictBusinessHours(@Selector PositiveId org, @Selector String resource) {
    require(BUSINESS_HOURS, resource);
    return evicted(service.invalidateBusinessHoursSchedule(org.value()) ? 1 : 0);
  }

  @DeleteOperation
  Map<String, Long> evictExtension(
      @Selector PositiveId org, @Selector String resource, @Selector ExtensionNumber number) {
    require(EXTENSIONS, resource);
    return evicted(service.invalidateExtension(org.value(), number.value()) ? 1 : 0);
  }

  @WriteOperation
  Map<String, Integer> warm(@Selector PositiveId org) {
    return Map.of("loaded", cache.warm(org.value()));
  }

  private static Map<String, Long> evicted(long count) {
    return Map.of("evicted", count);
  }

  /** Checks a fixed segment: a selector matches any. */
  private static void require(String expected, String segment) {
    if (!expected.equals(segment)) {
      throw new NotFoundException("not-found", "'" + segment + "' (expected: " + expected + ")");
    }
  }
}
