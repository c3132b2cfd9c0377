package io.voicerouting.cache.document;

/**
 * A stored document.
 *
 * @param bytes as stored in Redis
 * @param ttlMillis remaining TTL in milliseconds; {@link #UNKNOWN_TTL} if it was not read
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two methods, never compared
public record StoredValue(byte[] bytes, long ttlMillis) {

  /** In place of a TTL that was not read. */
  public static final long UNKNOWN_TTL = -1;

  /** Creates a document whose TTL was not read. */
  public static StoredValue withoutTtl(byte[] bytes) {
    return new StoredValue(bytes, UNKNOWN_TTL);
  }
}
