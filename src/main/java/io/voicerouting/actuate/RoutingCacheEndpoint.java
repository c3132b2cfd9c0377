package io.voicerouting.actuate;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheSummary;
import io.voicerouting.cache.CachedEntry;
import io.voicerouting.cache.CachedKeys;
import io.voicerouting.cache.EvictionCause;
import io.voicerouting.cache.RecentEvictions;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PositiveId;
import io.voicerouting.routing.RoutingCacheService;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /** Used in place of a resource. */
  private static final String EVICTIONS = "evictions";

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;

  private final RoutingCache cache;
  private final RoutingCacheService service;
  private final EntryPaths paths;

  RoutingCacheEndpoint(RoutingCache cache, RoutingCacheService service) {
    this.cache = cache;
    this.service = service;
    this.paths = new EntryPaths(cache.resources());
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

  /**
   * Returns the only document of a resource, or the last evictions: operations differ only by the
   * number of selectors.
   */
  @ReadOperation
  Object inspectOnly(
      @Selector PositiveId org,
      @Selector String resource,
      @Nullable String key,
      @Nullable String cause,
      @Nullable Integer limit) {
    return resource.equals(EVICTIONS)
        ? evictions(org, key, cause, limit)
        : inspect(org, paths.key(org, resource, null));
  }

  @ReadOperation
  CachedEntry inspectOne(
      @Selector PositiveId org, @Selector String resource, @Selector String identifier) {
    return inspect(org, paths.key(org, resource, identifier));
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
  Map<String, Long> evictOnly(@Selector PositiveId org, @Selector String resource) {
    return evict(org, paths.key(org, resource, null));
  }

  @DeleteOperation
  Map<String, Long> evictOne(
      @Selector PositiveId org, @Selector String resource, @Selector String identifier) {
    return evict(org, paths.key(org, resource, identifier));
  }

  @WriteOperation
  Map<String, Integer> warm(@Selector PositiveId org) {
    return Map.of("loaded", cache.warm(org.value()));
  }

  private CachedEntry inspect(PositiveId org, CacheKey key) {
    CachedEntry entry = cache.inspect(key);
    return key.organizationId() == CacheKey.NO_ORGANIZATION && isOfAnother(org, entry)
        ? entry.withoutEntry()
        : entry;
  }

  private Map<String, Long> evict(PositiveId org, CacheKey key) {
    boolean namesNone = key.organizationId() == CacheKey.NO_ORGANIZATION;
    boolean other = namesNone && isOfAnother(org, cache.inspect(key));
    return evicted(!other && cache.evict(key) ? 1 : 0);
  }

  private RecentEvictions evictions(
      PositiveId org, @Nullable String key, @Nullable String cause, @Nullable Integer limit) {
    int wanted = limit == null ? DEFAULT_LIMIT : limit;
    if (wanted < 1 || wanted > MAX_LIMIT) {
      throw new InvalidFieldsException("limit", wanted, "1 to " + MAX_LIMIT);
    }
    EvictionCause wantedCause = EvictionCause.of(cause);
    if (cause != null && wantedCause == null) {
      throw new InvalidFieldsException(
          "cause",
          cause,
          Stream.of(EvictionCause.values())
              .map(EvictionCause::code)
              .collect(Collectors.joining(", ")));
    }
    return cache.evictions(
        org.value(), key == null ? null : paths.parse(org, key), wantedCause, wanted);
  }

  private static Map<String, Long> evicted(long count) {
    return Map.of("evicted", count);
  }

  /** Whether the document, whose key names no organization, is that of another organization. */
  private static boolean isOfAnother(PositiveId org, CachedEntry entry) {
    return entry.value() != null
        && entry.value().path("organization_id").asLong(org.value()) != org.value();
  }
}
