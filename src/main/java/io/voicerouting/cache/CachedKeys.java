package io.voicerouting.cache;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One page of an organization's cached keys.
 *
 * @param items the page's entries, by key
 * @param page from 0
 * @param size entries a page
 * @param total entries in all
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CachedKeys(List<Item> items, int page, int size, long total) {

  public CachedKeys {
    items = List.copyOf(items);
  }

  /**
   * One cached key.
   *
   * @param key the key in Redis
   * @param ttlSeconds remaining TTL in seconds
   * @param sizeBytes length of the entry in Redis; null if it is no document
   * @param loadedAt as in {@link CachedEntry#loadedAt()}
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Item(
      String key, long ttlSeconds, @Nullable Long sizeBytes, @Nullable Instant loadedAt) {}
}
