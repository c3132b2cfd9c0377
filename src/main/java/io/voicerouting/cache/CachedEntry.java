package io.voicerouting.cache;

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
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CachedEntry(
    String key, boolean cached, @Nullable Long ttlSeconds, @Nullable JsonNode value) {}
