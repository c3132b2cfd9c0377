package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.EvictionCause;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.document.DocumentCodec;
import io.voicerouting.cache.document.DocumentCodec.Decoded;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.LoadStamp;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.eviction.OrganizationEvictions;
import io.voicerouting.cache.redis.KeyEviction;
import io.voicerouting.cache.support.CacheEvent;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.LogThrottle;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.cache.support.ResourceMeters;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decodes cache entries and encodes documents. Unreadable entries are counted and removed. Entries
 * that an organization-wide eviction has voided, and those of an older schema version, count as
 * absent; the next fill overwrites them. Entries of a newer schema version, as during a rolling
 * deployment, are left alone: documents that were loaded meanwhile are used in their place.
 */
final class DocumentStore {

  /** Shortest time between two log lines of unreadable entries. */
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(1);

  private static final long MAX_BESIDE_BYTES = 8L << 20;

  private final CacheMeters meters;
  private final OrganizationEvictions evictions;
  private final Map<String, DocumentCodec<?>> codecs;

  /**
   * The last decoded entry of each key: the same bytes need not be decoded again. The near cache
   * keeps its own.
   */
  private final @Nullable RememberedDocuments decoded; // null: entries are not remembered

  /** What was loaded for keys whose entry is of a newer schema version. */
  private final RememberedDocuments besideNewer;

  private final LogThrottle unreadable;

  /**
   * @param decodedBytes approximate heap for decoded documents; 0 for none
   */
  DocumentStore(
      CacheMeters meters,
      OrganizationEvictions evictions,
      Collection<? extends CachedResource<?>> resources,
      long decodedBytes,
      NanoClock clock) {
    this.meters = meters;
    this.evictions = evictions;
    this.unreadable = new LogThrottle(clock, LOG_INTERVAL);
    this.decoded = decodedBytes == 0 ? null : new RememberedDocuments(decodedBytes, clock);
    this.besideNewer = new RememberedDocuments(MAX_BESIDE_BYTES, clock);
    this.codecs =
        resources.stream()
            .collect(Collectors.toUnmodifiableMap(CachedResource::name, DocumentCodec::new));
  }

  /** The organization-wide evictions that void documents. */
  OrganizationEvictions evictions() {
    return evictions;
  }

  /**
   * Decodes an entry; null if it is void or of an older version, if it is of a newer version and
   * {@link #loadedBeside} was not called for it, or if it could not be read and was removed.
   */
  <V> @Nullable LoadResult<V> read(RedisLookup<V> lookup, StoredValue stored) {
    LoadResult<V> same =
        decoded == null
            ? lookup.near().document(lookup.key(), stored)
            : decoded.find(lookup.key(), stored);
    return unlessVoid(lookup, same == null ? decode(lookup, stored) : same);
  }

  /**
   * Returns the entry that was read last for a key; null if its TTL has to be read, too. Without
   * it, Redis answers one command for each entry instead of two.
   */
  @Nullable RememberedEntry known(CacheKey key) {
    return decoded == null ? null : decoded.findUnexpired(key);
  }

  /** Reads an entry that Redis still has; null if it is void. */
  @SuppressWarnings("unchecked") // a key belongs to one resource, and that to one type
  <V> @Nullable Lookup<V> answer(
      RedisLookup<V> lookup, RememberedEntry known, @Nullable String detail) {
    LoadResult<V> found = unlessVoid(lookup, (LoadResult<V>) known.document());
    return found == null || decoded == null
        ? null
        : found.toLookup(CacheStatus.hit(decoded.ttlMillis(known), detail));
  }

  private <V> @Nullable LoadResult<V> unlessVoid(
      RedisLookup<V> lookup, @Nullable LoadResult<V> found) {
    if (found != null
        && evictions.voids(lookup.key(), found.owner(lookup.resource(), lookup.key()), found)) {
      meters.of(lookup.resource()).count(CacheEvent.VOIDED);
      return null;
    }
    return found;
  }

  private <V> @Nullable LoadResult<V> decode(RedisLookup<V> lookup, StoredValue stored) {
    return switch (codec(lookup.resource()).decode(lookup.key(), stored.bytes())) {
      case Decoded.Document<V> document -> {
        LoadResult<V> loaded = document.loaded();
        if (decoded != null) {
          decoded.put(lookup.key(), stored, loaded);
        }
        yield loaded;
      }
      case Decoded.Newer<V> entry -> {
        LoadResult<V> beside = besideNewer.find(lookup.key(), stored);
        if (beside == null) {
          meters.of(lookup.resource()).count(CacheEvent.OTHER_VERSION);
        }
        yield beside;
      }
      case Decoded.Older<V> entry -> {
        meters.of(lookup.resource()).count(CacheEvent.OTHER_VERSION);
        yield null;
      }
      case Decoded.Unreadable<V> unreadable -> {
        remove(lookup, unreadable.reason());
        yield null;
      }
    };
  }

  /** Whether an entry is of a newer version of the service, so that it must not be replaced. */
  boolean isNewer(RedisLookup<?> lookup, StoredValue stored) {
    return codec(lookup.resource()).decode(lookup.key(), stored.bytes())
        instanceof Decoded.Newer<?>;
  }

  /** Records that a fill is about to overwrite an entry, if that is of an older version. */
  void recordOverwrite(RedisLookup<?> lookup, StoredValue stored) {
    if (codec(lookup.resource()).decode(lookup.key(), stored.bytes())
        instanceof Decoded.Older<?> older) {
      meters.of(lookup.resource()).countEvictions(EvictionCause.SCHEMA_VERSION, 1);
      String detail = "overwritten, had schema version " + older.schemaVersion();
      meters
          .events()
          .recordLoss(
              EvictionCause.SCHEMA_VERSION, lookup.key(), detail, lookup.connection().address());
    }
  }

  /**
   * Remembers what was loaded while Redis has an entry of a newer version. It is used as long as
   * Redis has the same entry: a change that came after the load evicts the entry, and no later fill
   * has the same bytes, because they name the snapshot of their load.
   *
   * @param entry that was read before the load began; one without a snapshot is not remembered
   * @param loaded "no such row" is not remembered, because it has no snapshot for marks to void
   */
  void loadedBeside(CacheKey key, StoredValue entry, LoadResult<?> loaded) {
    if (loaded.snapshot() != null && LoadStamp.namesSnapshot(entry.bytes())) {
      besideNewer.put(key, entry, loaded);
    }
  }

  /**
   * Counts, reports and removes an entry that cannot be read.
   *
   * @param reason what is wrong with it
   */
  void remove(RedisLookup<?> lookup, String reason) {
    ResourceMeters counts = meters.of(lookup.resource());
    counts.count(CacheEvent.UNREADABLE);
    counts.countEvictions(EvictionCause.UNREADABLE, 1);
    meters
        .events()
        .recordLoss(EvictionCause.UNREADABLE, lookup.key(), reason, lookup.connection().address());
    if (unreadable.permits()) {
      CacheLog.unreadable(lookup.key(), reason);
    }
    KeyEviction.evictOne(lookup.connection(), lookup.key().redisKey(), lookup.budget().redis());
  }

  <V> byte[] encode(RedisLookup<V> lookup, LoadResult<V> loaded, Instant at) {
    return codec(lookup.resource()).encode(lookup.key(), loaded, at);
  }

  @SuppressWarnings("unchecked") // each codec was created for the resource of that name
  private <V> DocumentCodec<V> codec(CachedResource<V> resource) {
    DocumentCodec<?> codec = codecs.get(resource.name());
    if (codec == null) {
      throw new IllegalArgumentException(
          "resource: '" + resource.name() + "' (expected: one of " + codecs.keySet() + ")");
    }
    return (DocumentCodec<V>) codec;
  }
}
