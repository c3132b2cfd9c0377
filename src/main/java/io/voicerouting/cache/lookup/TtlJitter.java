package io.voicerouting.cache.lookup;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How much is subtracted from a TTL at random, so that entries do not expire together. */
enum TtlJitter {
  /** Up to a tenth, for a document that was asked for. */
  TENTH(10),
  /** Up to a half, for the many documents that are loaded when a cold cache is warmed. */
  HALF(2);

  private final int part;

  TtlJitter(int part) {
    this.part = part;
  }

  Duration shorten(Duration ttl) {
    return ttl.minusMillis(ThreadLocalRandom.current().nextLong(ttl.toMillis() / part + 1));
  }
}
