package io.voicerouting.cache.lookup;

import static io.voicerouting.cache.EvictionCause.SCHEMA_VERSION;
import static io.voicerouting.cache.EvictionCause.UNREADABLE;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.document.DocumentCodec;
import io.voicerouting.cache.document.DocumentCodec.Decoded;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.eviction.OrganizationEvictions;
import io.voicerouting.cache.near.NearEntry;
import io.voicerouting.cache.redis.KeyEviction;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.CacheSpans;
import io.voicerouting.cache.support.EntryEvents;
import io.voicerouting.cache.support.LogThrottle;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decodes cache entries and encodes documents. Unreadable entries are counted and removed. Entries
 * that an organization-wide eviction has voided, and those of an older schema version, count as
 * absent; the next fill overwrites them. Entries of a newer schema version are left alone: {@link
 * NewerEntries} answers for them.
 */
public final class DocumentStore {

  /** Shortest time between two log lines of unreadable entries. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final CacheMeters meters;
  private final OrganizationEvictions evictions;
  private final Map<String, DocumentCodec<?>> codecs;

  /** The last decoded entry of each key: the same bytes need not be decoded again. Or null. */
  private final @Nullable Cache<CacheKey, Decoding> decoded;

  private final LogThrottle unreadable;
  private final NewerEntries newer = new NewerEntries();

  private record Decoding(StoredValue stored, LoadResult<?> document) {}

  /**
   * Creates a store of the documents of some resources.
   *
   * @param decodedBytes approximate heap for decoded documents; 0 for none
   */
  public DocumentStore(
      CacheMeters meters,
      OrganizationEvictions evictions,
      Collection<? extends CachedResource<?>> resources,
      long decodedBytes,
      NanoClock clock) {
    this.meters = meters;
    this.evictions = evictions;
    this.unreadable = new LogThrottle(clock, QUIET);
    this.decoded =
        decodedBytes == 0
            ? null
            : Caffeine.newBuilder()
                .maximumWeight(decodedBytes)
                .weigher(
                    (CacheKey key, Decoding last) -> NearEntry.weight(last.stored().bytes().length))
                .build();
    this.codecs =
        resources.stream()
            .collect(Collectors.toUnmodifiableMap(CachedResource::name, DocumentCodec::new));
  }

  /** The organization-wide evictions that void documents. */
  OrganizationEvictions evictions() {
    return evictions;
  }

  /** Creates spans. */
  CacheSpans spans() {
    return meters.spans();
  }

  /** What this instance remembers of entries. */
  EntryEvents events() {
    return meters.events();
  }

  /**
   * Decodes an entry; null if it is void or of an older version, if it is of a newer version and
   * {@link #loadedBeside} was not called for it, or if it could not be read and was removed.
   */
  <V> @Nullable LoadResult<V> read(RedisLookup<V> lookup, StoredValue stored) {
    LoadResult<V> same = lastDecoded(lookup.key(), stored);
    LoadResult<V> found = same == null ? decode(lookup, stored) : same;
    if (found != null
        && evictions.voids(lookup.key(), found.owner(lookup.resource(), lookup.key()), found)) {
      meters.of(lookup.resource()).voided();
      return null;
    }
    return found;
  }

  @SuppressWarnings("unchecked") // a key belongs to one resource, and that to one type
  private <V> @Nullable LoadResult<V> lastDecoded(CacheKey key, StoredValue stored) {
    Decoding last = decoded == null ? null : decoded.getIfPresent(key);
    return last != null && Arrays.equals(last.stored().bytes(), stored.bytes())
        ? (LoadResult<V>) last.document()
        : null;
  }

  private <V> @Nullable LoadResult<V> decode(RedisLookup<V> lookup, StoredValue stored) {
    return switch (codec(lookup.resource()).decode(lookup.key(), stored.bytes())) {
      case Decoded.Document<V> document -> {
        LoadResult<V> loaded = document.loaded();
        if (decoded != null) {
          decoded.put(lookup.key(), new Decoding(stored, loaded));
        }
        yield loaded;
      }
      case Decoded.Newer<V> entry -> {
        LoadResult<V> beside = newer.find(lookup.key(), stored);
        if (beside == null) {
          meters.of(lookup.resource()).otherVersion();
        }
        yield beside;
      }
      case Decoded.Older<V> entry -> {
        meters.of(lookup.resource()).otherVersion();
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
      meters.of(lookup.resource()).overwritten();
      String detail = "overwritten, had schema version " + older.schemaVersion();
      events().recordLoss(SCHEMA_VERSION, lookup.key(), detail, lookup.connection().address());
    }
  }

  /**
   * Remembers what was loaded while Redis has an entry of a newer version.
   *
   * @param entry that was read before the load began
   */
  void loadedBeside(CacheKey key, StoredValue entry, LoadResult<?> loaded) {
    newer.put(key, entry, loaded);
  }

  /**
   * Counts, reports and removes an entry that cannot be read.
   *
   * @param reason what is wrong with it
   */
  void remove(RedisLookup<?> lookup, String reason) {
    meters.of(lookup.resource()).unreadable();
    events().recordLoss(UNREADABLE, lookup.key(), reason, lookup.connection().address());
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
