package io.voicerouting.cache.support;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.EvictionSelection;
import io.voicerouting.cache.Lookup;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The log lines of the cache. All have the same prefix. Organization, key, resource and cause are
 * structured fields.
 */
public final class CacheLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.voicerouting.cache");
  private static final String START = "Voice routing cache: ";
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private CacheLog() {}

  public static void missed(CachedResource<?> resource, CacheKey key) {
    if (LOG.isDebugEnabled()) {
      withKey(LOG.atDebug(), key)
          .log(START + "{} cache miss, loading from database", resource.definition().title());
    }
  }

  public static void answered(CachedResource<?> resource, CacheKey key, Lookup<?> lookup) {
    if (LOG.isDebugEnabled() && lookup instanceof Lookup.Found<?> found) {
      withKey(LOG.atDebug(), key)
          .log(
              START + "{} retrieved (from_cache: {})",
              resource.definition().title(),
              found.status().hit());
    }
  }

  public static void invalidated(String title, CacheKey key) {
    if (LOG.isDebugEnabled()) {
      withKey(LOG.atDebug(), key).log(START + "{} cache invalidated", title);
    }
  }

  /** Logs an eviction that a change of rows requires, in each relay pass until it is done. */
  public static void invalidated(long organizationId, long evicted) {
    cleared(LOG.atDebug(), organizationId, evicted);
  }

  /**
   * Logs an eviction of everything that an operator requested.
   *
   * @param tokenName name of the operator's token; null if nobody requested it
   */
  public static void cleared(long organizationId, long evicted, @Nullable String tokenName) {
    cleared(byOperator(LOG.atInfo(), tokenName), organizationId, evicted);
  }

  /**
   * Logs an eviction of one entry that an operator requested.
   *
   * @param existed whether there was one
   * @param tokenName as above
   */
  public static void evicted(CacheKey key, boolean existed, @Nullable String tokenName) {
    withKey(byOperator(LOG.atInfo(), tokenName), key)
        .addKeyValue("evicted", existed ? 1 : 0)
        .log(START + "Entry evicted by an operator");
  }

  private static LoggingEventBuilder byOperator(
      LoggingEventBuilder line, @Nullable String tokenName) {
    return tokenName == null ? line : line.addKeyValue("token_name", tokenName);
  }

  /** Logs an eviction of many keys that an operator requested. */
  public static void evictedInBulk(
      EvictionSelection selection, long keys, @Nullable String tokenName) {
    byOperator(LOG.atInfo(), tokenName)
        .addKeyValue("selection", selection.describe())
        .addKeyValue("keys", keys)
        .log(START + "Selected cache entries are evicted");
  }

  /** Logs that the most requested entries were read from Redis again. */
  public static void warmedNear(int entries, int keys) {
    LOG.info(
        START + "Near cache warmed: Redis had {} of the {} most requested keys", entries, keys);
  }

  /** Logs the progress of loading a cold Redis. */
  public static void warming(int percent, int keys, int loaded) {
    LOG.info(START + "Redis is cold, warming: {} % of {} keys, {} loaded", percent, keys, loaded);
  }

  /** Logs that warming stopped; it begins again when Redis is trusted. */
  public static void warmingFailed(Throwable cause) {
    LOG.atInfo()
        .addKeyValue("cause", rootCause(cause))
        .log(START + "Warming stopped, and will be tried again");
  }

  private static void cleared(LoggingEventBuilder line, long organizationId, long evicted) {
    line.addKeyValue("organization_id", organizationId < 0 ? "all" : organizationId)
        .addKeyValue("evicted", evicted)
        .log(START + "Organization cache cleared");
  }

  public static void unavailable(@Nullable Throwable cause) {
    warning(cause).log(START + "Cache unavailable, falling back to database");
  }

  /** Logs that Redis answered a command of a lookup with an error. */
  public static void refused(Throwable cause) {
    warning(cause).log(START + "Redis refuses commands; lookups use the database");
  }

  /**
   * Logs that the near cache cannot be used.
   *
   * @param server name of the Redis server
   */
  public static void trackingRefused(String server, Throwable cause) {
    warning(cause)
        .addKeyValue("server", server)
        .log(
            START + "Redis refuses to send invalidations; every lookup asks Redis (no near cache)");
  }

  public static void degraded(@Nullable Throwable cause) {
    warning(cause).log(START + "Database unavailable, answering from cache (degraded)");
  }

  public static void loadFailed(CachedResource<?> resource, Throwable cause) {
    warning(cause)
        .addKeyValue("resource", resource.name())
        .log(START + "{} could not be loaded", resource.definition().title());
  }

  /** The outbox has rows that were marked done lately, but on no reign. */
  public static void olderVersion() {
    LOG.warn(
        START
            + "An instance of an older version has marked evictions done. Stop such instances, or"
            + " run one Redis without failover until they are gone");
  }

  public static void available() {
    LOG.info(START + "Cache available");
  }

  /** Logs that an entry was removed because it could not be read. */
  public static void unreadable(CacheKey key, String reason) {
    withKey(LOG.atWarn(), key).addKeyValue("cause", reason).log(START + "Unreadable entry removed");
  }

  /** Starts a warning with the root cause in one line. */
  private static LoggingEventBuilder warning(@Nullable Throwable failure) {
    LoggingEventBuilder line = LOG.atWarn();
    return failure == null ? line : line.addKeyValue("cause", rootCause(failure));
  }

  /** Returns the deepest cause that has a message, in one line; a timeout has none. */
  public static String rootCause(Throwable failure) {
    Throwable deepest = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        deepest = cause;
      }
    }
    return SPACE.matcher(deepest.toString()).replaceAll(" ");
  }

  private static LoggingEventBuilder withKey(LoggingEventBuilder event, CacheKey key) {
    return event
        .addKeyValue("organization_id", key.organizationId())
        .addKeyValue("key", key.redisKey())
        .addKeyValue("resource", key.resource());
  }
}
