package io.voicerouting.cache;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One cache entry in Redis.
 *
 * @param key the key in Redis
 * @param cached whether there is an entry; a negative entry counts
 * @param ttlSeconds remaining TTL in seconds; null if there is no entry
 * @param value the document with its {@code schema_version}; null if there is no readable entry
 * @param sizeBytes length of the entry in Redis; null if there is none
 * @param loadedAt when its document was loaded from the database, by the clock of the instance that
 *     did; null if there is no entry, for a negative entry, and for an entry that the previous
 *     release stored
 * @param server the Redis primary that serves the key, {@code host:port}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CachedEntry(
    String key,
    boolean cached,
    @Nullable Long ttlSeconds,
    @Nullable JsonNode value,
    @Nullable Long sizeBytes,
    @Nullable Instant loadedAt,
    String server) {

  /** Returns what is shown of a key without an entry. */
  public CachedEntry withoutEntry() {
    return new CachedEntry(key, false, null, null, null, null, server);
  }
}
