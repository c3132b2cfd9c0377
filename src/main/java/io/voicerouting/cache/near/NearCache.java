package io.voicerouting.cache.near;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Documents kept in the process, in front of Redis. They are trusted for {@link #SPAN} from the
 * sending of the last ping that Redis answered on the {@link InvalidationChannel}: all
 * invalidations that Redis sent before that answer have been applied. Only values read by {@code
 * GET} are put, and only if the key was not invalidated since before that {@code GET} was sent.
 * Thread-safe; reads never block.
 */
public final class NearCache {

  /**
   * How long one answered ping keeps the near cache trusted. An entry may be two seconds stale at
   * most; the rest is for Redis, which may answer a ping just before it sends the invalidations of
   * the same event loop cycle.
   */
  public static final Duration SPAN = Duration.ofMillis(1900);

  /**
   * How long an entry is kept, in TTLs. After the first it must be read again; if Redis still has
   * the same bytes, its document need not be decoded again, and does not become garbage.
   */
  private static final int KEPT_TTLS = 4;

  private final NanoClock clock;
  private final Duration ttl;
  private volatile long maxBytes;
  private final InvalidationEpochs epochs = new InvalidationEpochs();
  private volatile Generation current;
  private volatile @Nullable String refusal; // null: tracking was not refused

  /**
   * Creates an empty cache that is not trusted.
   *
   * @param ttl longest time that an entry answers before it is read again
   * @param maxBytes approximate limit of the heap that all entries take
   */
  public NearCache(NanoClock clock, Duration ttl, long maxBytes) {
    this.clock = clock;
    this.ttl = ttl;
    this.maxBytes = maxBytes;
    this.current = generation(null, null, clock.getAsLong());
  }

  /** Sets the approximate limit of the heap that all entries take. */
  public synchronized void limit(long bytes) {
    maxBytes = bytes;
    current.eviction().ifPresent(eviction -> eviction.setMaximum(bytes));
  }

  private Generation generation(
      @Nullable Subscription subscription, @Nullable RedisConnection connection, long untilNanos) {
    return new Generation(
        subscription, connection, clock, ttl.multipliedBy(KEPT_TTLS), maxBytes, untilNanos);
  }

  /** State of a key at the moment before a {@code GET} is sent. */
  public record Mark(Generation generation, long sentNanos, InvalidationEpochs.Epoch epoch) {}

  /**
   * Finds a document; null if there is none, or the cache is not trusted.
   *
   * @param connection the connection to Redis that is trusted now
   * @param nowNanos the current time of the monotonic clock
   * @param detail as in {@link CacheStatus#detail()}
   */
  @SuppressWarnings("unchecked") // a key belongs to one resource, and that to one type
  public <V> @Nullable Lookup<V> find(
      CacheKey key, RedisConnection connection, long nowNanos, @Nullable String detail) {
    Generation generation = current;
    if (!generation.isTrusted(connection, nowNanos)) {
      return null;
    }
    NearEntry<V> entry = (NearEntry<V>) generation.entries().getIfPresent(key);
    return entry != null && entry.hasEpoch(epochs.organization(key))
        ? entry.answer(nowNanos, detail)
        : null;
  }

  /** Whether {@link #find} would probably find the document now. */
  public boolean holds(CacheKey key, RedisConnection connection) {
    Generation generation = current;
    long now = clock.getAsLong();
    if (!generation.isTrusted(connection, now)) {
      return false;
    }
    NearEntry<?> entry = generation.entries().policy().getIfPresentQuietly(key);
    return entry != null && !entry.isOver(now);
  }

  /** Returns the document of an entry that was read before, if it has the same bytes; else null. */
  @SuppressWarnings("unchecked") // a key belongs to one resource, and that to one type
  public <V> @Nullable LoadResult<V> document(CacheKey key, StoredValue stored) {
    NearEntry<V> entry = (NearEntry<V>) current.entries().policy().getIfPresentQuietly(key);
    return entry == null ? null : entry.document(stored);
  }

  /** Takes a mark, before a {@code GET} is sent; null if its value must not be put. */
  public @Nullable Mark mark(CacheKey key, RedisConnection connection) {
    Generation generation = current;
    long now = clock.getAsLong();
    return generation.isTrusted(connection, now) ? new Mark(generation, now, epochs.of(key)) : null;
  }

  /**
   * Puts the value of a {@code GET}, unless the key was invalidated since the mark was taken, or
   * memory is full and the key was not read before, lately.
   *
   * @param owner the organization that the document belongs to
   */
  public <V> void put(
      @Nullable Mark mark, CacheKey key, long owner, LoadResult<V> loaded, StoredValue stored) {
    if (mark == null || stored.ttlMillis() <= 0 || !mark.generation().admits(key)) {
      return;
    }
    NearEntry<V> entry =
        new NearEntry<>(owner, loaded, stored, mark.sentNanos(), ttl, mark.epoch().organization());
    // Within compute: an invalidation raises the epoch first and removes the entry afterwards. So
    // it is either noticed here, or removes what is put here.
    mark.generation()
        .entries()
        .asMap()
        .compute(key, (same, before) -> epochs.unchanged(key, mark.epoch()) ? entry : before);
  }

  /** Removes one document, and voids its in-flight puts. */
  public void invalidate(CacheKey key) {
    epochs.raise(key);
    current.entries().asMap().remove(key);
  }

  /**
   * Removes every document of one organization, and voids their in-flight puts. The new epoch alone
   * is enough, also for a put that stores an entry later; removing entries frees memory.
   */
  public void invalidateOrganization(long organizationId) {
    epochs.raiseOrganization(organizationId);
    current
        .entries()
        .asMap()
        .entrySet()
        .removeIf(
            entry ->
                entry.getKey().organizationId() == organizationId
                    || entry.getValue().owner() == organizationId);
  }

  /** Removes everything, and voids in-flight puts. */
  public synchronized void clear() {
    Generation last = current;
    current = generation(last.subscription(), last.connection(), last.untilNanos());
  }

  /**
   * Starts empty with a new invalidation channel.
   *
   * @param subscription identity of the channel
   * @param connection the connection whose documents it tracks
   */
  public synchronized void begin(Subscription subscription, RedisConnection connection) {
    refusal = null;
    current = generation(subscription, connection, clock.getAsLong());
  }

  /** Remembers why Redis sends no invalidations. */
  void refused(String reason) {
    refusal = reason;
  }

  /** Returns why Redis sends no invalidations; null if it did not refuse. */
  public @Nullable String refusal() {
    return refusal;
  }

  /** Ends trust, because the channel ended; a new channel must begin first. */
  synchronized void end(Subscription subscription) {
    if (isCurrent(subscription)) {
      current = generation(null, null, clock.getAsLong());
    }
  }

  /**
   * Extends trust, because Redis answered a ping and all invalidations before it were applied.
   *
   * @param sentNanos when the ping was sent
   */
  public synchronized void pinged(Subscription subscription, long sentNanos) {
    if (!isCurrent(subscription)) {
      return;
    }
    Generation last = current;
    long until = sentNanos + SPAN.toNanos();
    if (last.isOver(clock.getAsLong())) {
      current = generation(last.subscription(), last.connection(), until);
    } else {
      last.extend(until);
    }
  }

  private boolean isCurrent(Subscription subscription) {
    Subscription tracked = current.subscription();
    return tracked != null && tracked.equals(subscription);
  }

  /** Returns an identity of the content: another one each time that the cache was emptied. */
  public Object generation() {
    return current;
  }

  /** Whether the cache is trusted now. */
  public boolean trusted() {
    Generation generation = current;
    return generation.connection() != null && !generation.isOver(clock.getAsLong());
  }

  /** Returns the approximate number of documents. */
  public long entries() {
    return current.entries().estimatedSize();
  }

  /** Returns the approximate heap that they take, in bytes. */
  public long weightBytes() {
    return current.eviction().map(eviction -> eviction.weightedSize().orElse(0)).orElse(0L);
  }
}
