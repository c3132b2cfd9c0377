package io.voicerouting.cache.lookup;

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
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.Deadline;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns copies in Redis into documents and back. What cannot be read is counted and removed; what
 * an organization-wide eviction has voided counts as absent, and the next fill overwrites it.
 */
public final class DocumentStore {

  private final CacheMeters meters;
  private final OrganizationEvictions evictions;
  private final Map<String, DocumentCodec<?>> codecs;

  /** What was read last of each key: a copy of the same bytes is the same document. */
  private final @Nullable Cache<CacheKey, Read> remembered;

  private record Read(StoredValue copy, LoadResult<?> loaded) {}

  /**
   * Takes the resources whose copies there are.
   *
   * @param rememberedBytes heap for documents that were read, about, so that they need not be
   *     decoded each time; 0 for none
   */
  public DocumentStore(
      CacheMeters meters,
      OrganizationEvictions evictions,
      Collection<? extends CachedResource<?>> resources,
      long rememberedBytes) {
    this.meters = meters;
    this.evictions = evictions;
    this.remembered =
        rememberedBytes == 0
            ? null
            : Caffeine.newBuilder()
                .maximumWeight(rememberedBytes)
                .weigher((CacheKey key, Read read) -> NearEntry.weight(read.copy().bytes().length))
                .build();
    this.codecs =
        resources.stream()
            .collect(Collectors.toUnmodifiableMap(CachedResource::name, DocumentCodec::new));
  }

  /** The organization-wide evictions that void documents. */
  OrganizationEvictions evictions() {
    return evictions;
  }

  /** The document, or null when the copy is void, or could not be read and was removed. */
  <V> @Nullable LoadResult<V> read(
      CachedResource<V> resource,
      CacheKey key,
      StoredValue copy,
      RedisConnection session,
      Deadline redis) {
    LoadResult<V> same = remembered(key, copy);
    LoadResult<V> found = same == null ? decode(resource, key, copy, session, redis) : same;
    if (found != null && evictions.voids(key, found)) {
      meters.of(resource).voided();
      return null;
    }
    return found;
  }

  @SuppressWarnings("unchecked") // a key belongs to one resource, and that to one type
  private <V> @Nullable LoadResult<V> remembered(CacheKey key, StoredValue copy) {
    Read last = remembered == null ? null : remembered.getIfPresent(key);
    return last != null && Arrays.equals(last.copy().bytes(), copy.bytes())
        ? (LoadResult<V>) last.loaded()
        : null;
  }

  private <V> @Nullable LoadResult<V> decode(
      CachedResource<V> resource,
      CacheKey key,
      StoredValue copy,
      RedisConnection session,
      Deadline redis) {
    return switch (codec(resource).decode(copy.bytes())) {
      case Decoded.Document<V> document -> {
        LoadResult<V> loaded = document.loaded();
        if (remembered != null) {
          remembered.put(key, new Read(copy, loaded));
        }
        yield loaded;
      }
      case Decoded.Unreadable<V> unreadable -> {
        remove(resource, key, session, redis);
        yield null;
      }
    };
  }

  /** Counts and removes a copy that cannot be read, or a value that is no string at all. */
  void remove(CachedResource<?> resource, CacheKey key, RedisConnection session, Deadline redis) {
    meters.of(resource).unreadable();
    session.evictOne(key.redisKey(), redis);
  }

  <V> byte[] encode(CachedResource<V> resource, LoadResult<V> loaded) {
    return codec(resource).encode(loaded);
  }

  @SuppressWarnings("unchecked") // each codec was made for the resource of that name
  private <V> DocumentCodec<V> codec(CachedResource<V> resource) {
    DocumentCodec<?> codec = codecs.get(resource.name());
    if (codec == null) {
      throw new IllegalArgumentException(
          "resource: '" + resource.name() + "' (expected: one of " + codecs.keySet() + ")");
    }
    return (DocumentCodec<V>) codec;
  }
}
