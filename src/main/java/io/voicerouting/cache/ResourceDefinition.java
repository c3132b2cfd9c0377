package io.voicerouting.cache;

import java.time.Duration;

/**
 * What is fixed about a {@link CachedResource}.
 *
 * @param <V> the document
 * @param name name in keys, outbox rows, meters and answers: lower case with underscores
 * @param title name in log lines, such as {@code Business hours}
 * @param type type of the document
 * @param schemaVersion version of the document's structure. Entries of older versions are loaded
 *     again and overwritten; those of newer versions are left alone.
 * @param ttl TTL of an entry in Redis unless {@code routing.cache.resources.<name>.ttl} sets
 *     another
 */
public record ResourceDefinition<V>(
    String name, String title, Class<V> type, int schemaVersion, Duration ttl) {}
