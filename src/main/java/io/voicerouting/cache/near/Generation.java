package io.voicerouting.cache.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries put since the near cache was last cleared. Clearing starts a new generation, so that
 * the cache is empty at once, and in-flight puts go to the old generation.
 */
final class Generation {

  private final @Nullable Subscription subscription; // null: nothing is tracked
  private final @Nullable RedisConnection connection; // whose documents are tracked
  private final Cache<CacheKey, NearEntry<?>> entries;
  private final RepeatedKeys admission;
  private volatile long untilNanos;

  /**
   * Creates an empty generation.
   *
   * @param keep how long an entry is kept
   * @param maxBytes approximate limit of the heap that all entries take
   * @param untilNanos end of the entries' trust, on the monotonic clock
   */
  Generation(
      @Nullable Subscription subscription,
      @Nullable RedisConnection connection,
      NanoClock clock,
      Duration keep,
      long maxBytes,
      long untilNanos) {
    RepeatedKeys repeated = new RepeatedKeys(clock, maxBytes);
    this.subscription = subscription;
    this.connection = connection;
    this.admission = repeated;
    this.entries =
        Caffeine.newBuilder()
            .expireAfterWrite(keep)
            .maximumWeight(maxBytes)
            .weigher((CacheKey key, NearEntry<?> entry) -> entry.weight())
            .evictionListener((key, entry, cause) -> repeated.recordEviction(cause))
            .executor(Runnable::run) // handing over takes longer than the work
            .ticker(clock::getAsLong)
            .build();
    this.untilNanos = untilNanos;
  }

  @Nullable Subscription subscription() {
    return subscription;
  }

  @Nullable RedisConnection connection() {
    return connection;
  }

  Cache<CacheKey, NearEntry<?>> entries() {
    return entries;
  }

  /** Whether memory has room for a document of this key, or the key was read before, lately. */
  boolean admits(CacheKey key) {
    return admission.admits(entries, key);
  }

  Optional<Policy.Eviction<CacheKey, NearEntry<?>>> eviction() {
    return entries.policy().eviction();
  }

  /** Returns the end of the entries' trust, on the monotonic clock. */
  long untilNanos() {
    return untilNanos;
  }

  /** Whether trust has run out. */
  boolean isOver(long nowNanos) {
    return nowNanos - untilNanos >= 0;
  }

  /** Whether the entries are trusted, and this is the tracked connection. */
  @SuppressWarnings("ReferenceEquality") // the tracked connection, not an equal one
  boolean isTrusted(RedisConnection current, long nowNanos) {
    return connection == current && !isOver(nowNanos);
  }

  /** Extends trust; called by one thread at a time. */
  void extend(long nanos) {
    if (nanos - untilNanos > 0) {
      untilNanos = nanos;
    }
  }
}
