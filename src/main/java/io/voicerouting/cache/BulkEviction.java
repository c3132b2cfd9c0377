package io.voicerouting.cache;

/**
 * What an eviction of many documents has done.
 *
 * @param keys how many keys were selected, whether or not they were cached
 * @param confirmed whether they are evicted on every Redis primary in use; if not, instances do not
 *     use a primary on which they are not, until they are
 */
public record BulkEviction(long keys, boolean confirmed) {}
