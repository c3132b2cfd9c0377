package io.voicerouting.cache.document;

/**
 * A stored document.
 *
 * @param bytes as they stand in Redis
 * @param ttlMillis remaining life in milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two methods, never compared
public record StoredValue(byte[] bytes, long ttlMillis) {}
