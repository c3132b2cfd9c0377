package io.voicerouting.console;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheReader;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes lookups on and adds each to a list, in the order in which a decision makes them. */
final class RecordingReader implements CacheReader {

  private final CacheReader reader;
  private final List<Recorded> recorded;

  RecordingReader(CacheReader reader, List<Recorded> recorded) {
    this.reader = reader;
    this.recorded = recorded;
  }

  /** One lookup and its result. */
  record Recorded(CacheKey key, Lookup<?> lookup) {}

  @Override
  public <V> Lookup<V> get(
      CachedResource<V> resource, long organizationId, @Nullable String identifier) {
    Lookup<V> lookup = reader.get(resource, organizationId, identifier);
    recorded.add(new Recorded(new CacheKey(resource.name(), organizationId, identifier), lookup));
    return lookup;
  }
}
