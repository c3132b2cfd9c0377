package io.voicerouting.cache.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
 * Documents kept in the process, in front of Redis. It may be believed for {@link #SPAN} from the
 * sending of the last ping that Redis answered on the connection on which it tells what has changed
 * ({@link InvalidationChannel}); what was told before that answer has been acted on by then. It
 * holds only what was read from Redis by {@code GET}, and only if nothing happened to the key since
 * before that was sent. Thread-safe; reading never waits.
 */
public final class NearCache {

  /**
   * How long one answered ping is good for. No copy is to be older than two seconds; Redis may
   * answer a ping just before it tells of what it evicted in the same turn of its loop, and that
   * turn is what the rest is for.
   */
  public static final Duration SPAN = Duration.ofMillis(1900);

  private final NanoClock clock;
  private final Duration ttl;
  private final long maxBytes;
  private final InvalidationEpochs stamps = new InvalidationEpochs();
  private volatile Generation current;

  /**
   * Sets the bounds.
   *
   * @param ttl longest life of an entry
   * @param maxBytes heap that all entries together may take, about
   */
  public NearCache(NanoClock clock, Duration ttl, long maxBytes) {
    this.clock = clock;
    this.ttl = ttl;
    this.maxBytes = maxBytes;
    this.current = generation(null, null, clock.getAsLong());
  }

  /** Identity of one tracking: an invalidation channel has its own. */
  public static final class Subscription {}

  /**
   * What was put since nothing was believed last. To empty the cache is to begin a new one, so that
   * it is empty at once, and puts under way go nowhere.
   */
  static final class Generation {
    private final @Nullable Subscription subscription;
    private final @Nullable RedisConnection session;
    private final Cache<CacheKey, NearEntry<?>> entries;
    private volatile long untilNanos;

    private Generation(
        @Nullable Subscription subscription,
        @Nullable RedisConnection session,
        Cache<CacheKey, NearEntry<?>> entries,
        long untilNanos) {
      this.subscription = subscription;
      this.session = session;
      this.entries = entries;
      this.untilNanos = untilNanos;
    }
  }

  private Generation generation(
      @Nullable Subscription subscription, @Nullable RedisConnection session, long untilNanos) {
    return new Generation(
        subscription,
        session,
        Caffeine.newBuilder()
            .expireAfterWrite(ttl)
            .maximumWeight(maxBytes)
            .weigher((CacheKey key, NearEntry<?> entry) -> entry.weight())
            .ticker(clock::getAsLong)
            .build(),
        untilNanos);
  }

  /** State of a key at the moment before a {@code GET} is sent. */
  public record Mark(Generation generation, long sentNanos, InvalidationEpochs.Stamp stamp) {}

  /**
   * The document, if the cache holds it and may be believed.
   *
   * @param session the connection to Redis that is trusted now
   * @param nowNanos the moment of the question, on the monotonic clock
   * @param detail as in {@link CacheStatus#detail()}
   */
  @SuppressWarnings("unchecked") // a key belongs to one resource, and that to one type
  public <V> @Nullable Lookup<V> find(
      CacheKey key, RedisConnection session, long nowNanos, @Nullable String detail) {
    Generation generation = current;
    if (!believed(generation, session, nowNanos)) {
      return null;
    }
    NearEntry<V> entry = (NearEntry<V>) generation.entries.getIfPresent(key);
    return entry != null && entry.isOf(stamps.organization(key))
        ? entry.answer(nowNanos, detail)
        : null;
  }

  /** Whether {@link #find} would find something now, most likely. */
  public boolean holds(CacheKey key, RedisConnection session) {
    Generation generation = current;
    return believed(generation, session, clock.getAsLong())
        && generation.entries.asMap().containsKey(key);
  }

  /** To be taken before a {@code GET} is sent; null when its value must not be put. */
  public @Nullable Mark mark(CacheKey key, RedisConnection session) {
    Generation generation = current;
    long now = clock.getAsLong();
    return believed(generation, session, now) ? new Mark(generation, now, stamps.of(key)) : null;
  }

  @SuppressWarnings("ReferenceEquality") // the very connection that is tracked
  private static boolean believed(Generation generation, RedisConnection session, long now) {
    return generation.session == session && now - generation.untilNanos < 0;
  }

  /** Puts what a {@code GET} returned, unless something has happened since the mark was taken. */
  public <V> void put(@Nullable Mark mark, CacheKey key, LoadResult<V> loaded, StoredValue copy) {
    if (mark == null || copy.ttlMillis() <= 0) {
      return;
    }
    NearEntry<V> entry =
        new NearEntry<>(
            loaded,
            copy.bytes().length,
            mark.sentNanos(),
            copy.ttlMillis(),
            mark.stamp().organization());
    // Within compute: an invalidation raises the stamp first and removes then, so it either is seen
    // here, or removes what is put here.
    mark.generation()
        .entries
        .asMap()
        .compute(key, (same, before) -> stamps.unchanged(key, mark.stamp()) ? entry : before);
  }

  /** Forgets one document, and voids puts of it that are under way. */
  public void invalidate(CacheKey key) {
    stamps.raise(key);
    current.entries.asMap().remove(key);
  }

  /**
   * Forgets every document of one organization, and voids puts of them that are under way. The
   * stamp alone does that: to remove what it has outdated, which a put may yet add to, saves room.
   */
  public void invalidateOrganization(long organizationId) {
    stamps.raiseOrganization(organizationId);
    current.entries.asMap().keySet().removeIf(key -> key.organizationId() == organizationId);
  }

  /** Forgets everything, and voids puts under way. */
  public synchronized void clear() {
    Generation last = current;
    current = generation(last.subscription, last.session, last.untilNanos);
  }

  /**
   * Begins anew: from now on Redis tells what changes.
   *
   * @param subscription the tracking that begins
   * @param session whose documents it tells about
   */
  public synchronized void begin(Subscription subscription, RedisConnection session) {
    current = generation(subscription, session, clock.getAsLong());
  }

  /** Redis tells nothing any more there: nothing is believed until tracking has begun again. */
  synchronized void end(Subscription subscription) {
    if (isCurrent(subscription)) {
      current = generation(null, null, clock.getAsLong());
    }
  }

  /**
   * Redis has answered a ping; everything that it told before has been acted on.
   *
   * @param sentNanos when the ping was sent
   */
  public synchronized void pinged(Subscription subscription, long sentNanos) {
    if (!isCurrent(subscription)) {
      return;
    }
    Generation last = current;
    long until = sentNanos + SPAN.toNanos();
    if (clock.getAsLong() - last.untilNanos >= 0) {
      current = generation(last.subscription, last.session, until); // trust had run out
    } else if (until - last.untilNanos > 0) {
      last.untilNanos = until;
    }
  }

  private boolean isCurrent(Subscription subscription) {
    Subscription tracked = current.subscription;
    return tracked != null && tracked.equals(subscription);
  }

  /** Whether Redis tells what changes, and has answered a ping lately. */
  public boolean trusted() {
    Generation generation = current;
    return generation.session != null && clock.getAsLong() - generation.untilNanos < 0;
  }

  /** How many documents it holds, about. */
  public long entries() {
    return current.entries.estimatedSize();
  }

  /** The heap that they take in bytes, about. */
  public long weightBytes() {
    return current
        .entries
        .policy()
        .eviction()
        .map(eviction -> eviction.weightedSize().orElse(0))
        .orElse(0L);
  }
}
