package io.voicerouting.cache.lookup;

import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import java.util.Arrays;

/**
 * An entry as it was read from Redis, and its document.
 *
 * @param bytes of the entry
 * @param expiryNanos when the entry expires, on the monotonic clock; in the past if that is unknown
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
record RememberedEntry(byte[] bytes, LoadResult<?> document, long expiryNanos) {

  /** Whether Redis still has this very entry. */
  boolean isStill(StoredValue stored) {
    return Arrays.equals(bytes, stored.bytes());
  }
}
