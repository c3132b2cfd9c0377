package io.voicerouting.cache;

/**
 * A stored document.
 *
 * @param bytes as they stand in Redis
 * @param ttlMillis remaining life in milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two methods, never compared
record Copy(byte[] bytes, long ttlMillis) {}
