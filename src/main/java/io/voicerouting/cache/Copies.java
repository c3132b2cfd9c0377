package io.voicerouting.cache;

import io.voicerouting.cache.DocumentCodec.Decoded;
import io.voicerouting.cache.RedisSession.Copy;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns copies in Redis into documents and back; what cannot be read is counted and removed. */
final class Copies {

  private final CacheMeters meters;
  private final Map<String, DocumentCodec<?>> codecs;

  Copies(CacheMeters meters, Collection<? extends CachedResource<?>> resources) {
    this.meters = meters;
    this.codecs =
        resources.stream()
            .collect(Collectors.toUnmodifiableMap(CachedResource::name, DocumentCodec::new));
  }

  /** The document, or null when the copy could not be read and was removed. */
  <V> @Nullable Loaded<V> read(
      CachedResource<V> resource, CacheKey key, Copy copy, RedisSession session, Deadline redis) {
    return switch (codec(resource).decode(copy.bytes())) {
      case Decoded.Document<V> document -> new Loaded<>(document.value());
      case Decoded.Unreadable<V> unreadable -> {
        remove(resource, key, session, redis);
        yield null;
      }
    };
  }

  /** Counts and removes a copy that cannot be read, or a value that is no string at all. */
  void remove(CachedResource<?> resource, CacheKey key, RedisSession session, Deadline redis) {
    meters.of(resource).unreadable();
    session.evictOne(key.redisKey(), redis);
  }

  <V> byte[] encode(CachedResource<V> resource, Loaded<V> loaded) {
    return codec(resource).encode(loaded.value());
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
