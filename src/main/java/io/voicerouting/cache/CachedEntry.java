package io.voicerouting.cache;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One copy in Redis as it stands.
 *
 * @param key the key in Redis
 * @param cached whether there is a copy (a negative entry counts)
 * @param ttlSeconds remaining life in seconds; null when there is no copy
 * @param value the document with its {@code schema_version}; null when there is no readable copy
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CachedEntry(
    String key, boolean cached, @Nullable Long ttlSeconds, @Nullable JsonNode value) {}
