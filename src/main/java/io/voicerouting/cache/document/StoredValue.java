package io.voicerouting.cache.document;

/**
 * A stored document.
 *
 * @param bytes as stored in Redis
 * @param ttlMillis remaining TTL in milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two methods, never compared
public record StoredValue(byte[] bytes, long ttlMillis) {}
