package io.voicerouting.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Documents kept in the process, in front of Redis. It may be believed for {@link #SPAN} from the
 * sending of the last ping that Redis answered on the connection on which it tells what has changed
 * ({@link NearTracking}); what was told before that answer has been acted on by then. It holds only
 * what was read from Redis by {@code GET}, and only if nothing happened to the key since before
 * that was sent. Thread-safe; reading never waits.
 */
final class NearCache {

  /**
   * How long one answered ping is good for. No copy is to be older than two seconds; Redis may
   * answer a ping just before it tells of what it evicted in the same turn of its loop, and that
   * turn is what the rest is for.
   */
  static final Duration SPAN = Duration.ofMillis(1900);

  private final LongSupplier nanoTime;
  private final Duration ttl;
  private final long maxBytes;
  private final ChangeStamps stamps = new ChangeStamps();
  private volatile Generation current;

  /**
   * Sets the bounds.
   *
   * @param ttl longest life of an entry
   * @param maxBytes heap that all entries together may take, about
   */
  NearCache(LongSupplier nanoTime, Duration ttl, long maxBytes) {
    this.nanoTime = nanoTime;
    this.ttl = ttl;
    this.maxBytes = maxBytes;
    this.current = generation(null, null, nanoTime.getAsLong());
  }

  /**
   * What was put since nothing was believed last. To empty the cache is to begin a new one, so that
   * it is empty at once, and puts under way go nowhere.
   */
  static final class Generation {
    private final @Nullable NearTracking tracking;
    private final @Nullable RedisSession session;
    private final Cache<CacheKey, NearEntry<?>> entries;
    private volatile long untilNanos;

    private Generation(
        @Nullable NearTracking tracking,
        @Nullable RedisSession session,
        Cache<CacheKey, NearEntry<?>> entries,
        long untilNanos) {
      this.tracking = tracking;
      this.session = session;
      this.entries = entries;
      this.untilNanos = untilNanos;
    }
  }

  private Generation generation(
      @Nullable NearTracking tracking, @Nullable RedisSession session, long untilNanos) {
    return new Generation(
        tracking,
        session,
        Caffeine.newBuilder()
            .expireAfterWrite(ttl)
            .maximumWeight(maxBytes)
            .weigher((CacheKey key, NearEntry<?> entry) -> entry.weight())
            .ticker(nanoTime::getAsLong)
            .build(),
        untilNanos);
  }

  /** State of a key at the moment before a {@code GET} is sent. */
  record Mark(Generation generation, long sentNanos, ChangeStamps.Stamp stamp) {}

  /**
   * The document, if the cache holds it and may be believed.
   *
   * @param session the connection to Redis that is trusted now
   * @param nowNanos the moment of the question, on the monotonic clock
   * @param detail as in {@link CacheStatus#detail()}
   */
  @SuppressWarnings("unchecked") // a key belongs to one resource, and that to one type
  <V> @Nullable Lookup<V> find(
      CacheKey key, RedisSession session, long nowNanos, @Nullable String detail) {
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
  boolean holds(CacheKey key, RedisSession session) {
    Generation generation = current;
    return believed(generation, session, nanoTime.getAsLong())
        && generation.entries.asMap().containsKey(key);
  }

  /** To be taken before a {@code GET} is sent; null when its value must not be put. */
  @Nullable Mark mark(CacheKey key, RedisSession session) {
    Generation generation = current;
    long now = nanoTime.getAsLong();
    return believed(generation, session, now) ? new Mark(generation, now, stamps.of(key)) : null;
  }

  @SuppressWarnings("ReferenceEquality") // the very connection that is tracked
  private static boolean believed(Generation generation, RedisSession session, long now) {
    return generation.session == session && now - generation.untilNanos < 0;
  }

  /** Puts what a {@code GET} returned, unless something has happened since the mark was taken. */
  <V> void put(@Nullable Mark mark, CacheKey key, Loaded<V> loaded, Copy copy) {
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
  void invalidate(CacheKey key) {
    stamps.raise(key);
    current.entries.asMap().remove(key);
  }

  /**
   * Forgets every document of one organization, and voids puts of them that are under way. The
   * stamp alone does that: to remove what it has outdated, which a put may yet add to, saves room.
   */
  void invalidateOrganization(long organizationId) {
    stamps.raiseOrganization(organizationId);
    current.entries.asMap().keySet().removeIf(key -> key.organizationId() == organizationId);
  }

  /** Forgets everything, and voids puts under way. */
  synchronized void clear() {
    Generation last = current;
    current = generation(last.tracking, last.session, last.untilNanos);
  }

  /**
   * Begins anew: from now on Redis tells what changes.
   *
   * @param tracking where it tells that
   * @param session whose documents it tells about
   */
  synchronized void begin(NearTracking tracking, RedisSession session) {
    current = generation(tracking, session, nanoTime.getAsLong());
  }

  /** Redis tells nothing any more there: nothing is believed until tracking has begun again. */
  synchronized void end(NearTracking tracking) {
    if (of(tracking)) {
      current = generation(null, null, nanoTime.getAsLong());
    }
  }

  /**
   * Redis has answered a ping; everything that it told before has been acted on.
   *
   * @param sentNanos when the ping was sent
   */
  synchronized void pinged(NearTracking tracking, long sentNanos) {
    if (!of(tracking)) {
      return;
    }
    Generation last = current;
    long until = sentNanos + SPAN.toNanos();
    if (nanoTime.getAsLong() - last.untilNanos >= 0) {
      current = generation(last.tracking, last.session, until); // trust had run out
    } else if (until - last.untilNanos > 0) {
      last.untilNanos = until;
    }
  }

  private boolean of(NearTracking tracking) {
    NearTracking mine = current.tracking;
    return mine != null && mine.equals(tracking);
  }

  /** Whether Redis tells what changes, and has answered a ping lately. */
  boolean trusted() {
    Generation generation = current;
    return generation.session != null && nanoTime.getAsLong() - generation.untilNanos < 0;
  }

  /** How many documents it holds, about. */
  long entries() {
    return current.entries.estimatedSize();
  }

  /** The heap that they take in bytes, about. */
  long weightBytes() {
    return current
        .entries
        .policy()
        .eviction()
        .map(eviction -> eviction.weightedSize().orElse(0))
        .orElse(0L);
  }
}
