package io.voicerouting.cache;

/**
 * What an eviction of many documents has done.
 *
 * @param keys how many keys were selected, whether or not they were cached
 * @param confirmed whether they are evicted on every Redis primary in use; until a primary has
 *     evicted them, instances do not use it
 */
public record BulkEviction(long keys, boolean confirmed) {}
