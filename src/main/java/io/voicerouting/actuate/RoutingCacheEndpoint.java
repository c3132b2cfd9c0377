package io.voicerouting.actuate;

import io.voicerouting.businesshours.BusinessHoursResource;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheSummary;
import io.voicerouting.cache.CachedEntry;
import io.voicerouting.cache.CachedKeys;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.common.E164Number;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PositiveId;
import io.voicerouting.extension.ExtensionNumber;
import io.voicerouting.extension.ExtensionResource;
import io.voicerouting.phonenumber.PhoneNumberBlockResource;
import io.voicerouting.phonenumber.PhoneNumberResource;
import io.voicerouting.routing.RoutingCacheService;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
  private static final String NUMBERS = "phone-numbers";
  private static final String BLOCKS = "phone-number-blocks";

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
  CachedEntry inspectOnly(@Selector PositiveId org, @Selector String resource) {
    return cache.inspect(onlyKey(org, resource));
  }

  @ReadOperation
  CachedEntry inspectOne(
      @Selector PositiveId org, @Selector String resource, @Selector String identifier) {
    CacheKey key = key(org, resource, identifier);
    CachedEntry entry = cache.inspect(key);
    return isOfAnother(org, key, entry) ? new CachedEntry(entry.key(), false, null, null) : entry;
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
    return evicted(cache.evict(onlyKey(org, resource)) ? 1 : 0);
  }

  @DeleteOperation
  Map<String, Long> evictOne(
      @Selector PositiveId org, @Selector String resource, @Selector String identifier) {
    CacheKey key = key(org, resource, identifier);
    boolean other = isOfAnother(org, key, cache.inspect(key));
    return evicted(!other && cache.evict(key) ? 1 : 0);
  }

  @WriteOperation
  Map<String, Integer> warm(@Selector PositiveId org) {
    return Map.of("loaded", cache.warm(org.value()));
  }

  private static Map<String, Long> evicted(long count) {
    return Map.of("evicted", count);
  }

  /** The key of the only document of its type. */
  private static CacheKey onlyKey(PositiveId org, String resource) {
    return switch (resource) {
      case BUSINESS_HOURS -> new CacheKey(BusinessHoursResource.NAME, org.value(), null);
      case BLOCKS -> PhoneNumberBlockResource.KEY;
      default -> throw unknown(resource, BUSINESS_HOURS + ", " + BLOCKS);
    };
  }

  private static CacheKey key(PositiveId org, String resource, String identifier) {
    return switch (resource) {
      case EXTENSIONS ->
          new CacheKey(
              ExtensionResource.NAME,
              org.value(),
              valid("number", identifier, ExtensionNumber::of).value());
      case BUSINESS_HOURS ->
          new CacheKey(
              BusinessHoursResource.NAME,
              org.value(),
              valid("id", identifier, PositiveId::of).toString());
      case NUMBERS -> PhoneNumberResource.key(valid("number", identifier, E164Number::of).value());
      default -> throw unknown(resource, EXTENSIONS + ", " + BUSINESS_HOURS + ", " + NUMBERS);
    };
  }

  private static <T> T valid(String name, String text, Function<String, T> type) {
    try {
      return type.apply(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidFieldsException(
          List.of(new FieldError(name, String.valueOf(e.getMessage()))));
    }
  }

  /** Whether the key names no organization, and the document belongs to another one. */
  private static boolean isOfAnother(PositiveId org, CacheKey key, CachedEntry entry) {
    return key.organizationId() == CacheKey.NO_ORGANIZATION
        && entry.value() != null
        && entry.value().path("organization_id").asLong(org.value()) != org.value();
  }

  private static NotFoundException unknown(String segment, String expected) {
    return new NotFoundException("not-found", FieldError.describe(segment, "one of " + expected));
  }
}
