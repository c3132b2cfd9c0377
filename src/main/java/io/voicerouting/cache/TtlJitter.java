package io.voicerouting.cache;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How much is subtracted from a TTL at random, so that entries stored together do not expire
 * together.
 */
public enum TtlJitter {
  /** Up to a tenth, for a document that was requested. */
  TENTH(10),
  /** Up to a half, for the many documents that are loaded when a cold Redis is warmed. */
  HALF(2);

  private final int part;

  TtlJitter(int part) {
    this.part = part;
  }

  /** Returns the TTL that an entry is stored with. */
  public Duration shorten(Duration ttl, RandomGenerator random) {
    return ttl.minusMillis(random.nextLong(ttl.toMillis() / part + 1));
  }
}
