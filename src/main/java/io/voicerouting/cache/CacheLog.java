package io.voicerouting.cache;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The log lines that operators look for; all begin alike. Organization, key and resource are
 * structured fields.
 */
final class CacheLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.voicerouting.cache");
  private static final String START = "Voice routing cache: ";

  private CacheLog() {}

  static void missed(CachedResource<?> resource, CacheKey key) {
    if (LOG.isDebugEnabled()) {
      about(LOG.atDebug(), key)
          .log(START + "{} cache miss, loading from database", resource.title());
    }
  }

  static void retrieved(CachedResource<?> resource, CacheKey key, boolean fromCache) {
    if (LOG.isDebugEnabled()) {
      about(LOG.atDebug(), key)
          .log(START + "{} retrieved (from_cache: {})", resource.title(), fromCache);
    }
  }

  static void invalidated(String title, CacheKey key) {
    if (LOG.isDebugEnabled()) {
      about(LOG.atDebug(), key).log(START + "{} cache invalidated", title);
    }
  }

  static void cleared(long organizationId, long evicted) {
    LOG.atInfo()
        .addKeyValue("organization_id", organizationId)
        .addKeyValue("evicted", evicted)
        .log(START + "Organization cache cleared");
  }

  static void unavailable() {
    LOG.warn(START + "Cache unavailable, falling back to database");
  }

  static void degraded() {
    LOG.warn(START + "Database unavailable, answering from cache (degraded)");
  }

  static void available() {
    LOG.info(START + "Cache available");
  }

  private static LoggingEventBuilder about(LoggingEventBuilder event, CacheKey key) {
    return event
        .addKeyValue("organization_id", key.organizationId())
        .addKeyValue("key", key.redisKey())
        .addKeyValue("resource", key.resource());
  }
}
