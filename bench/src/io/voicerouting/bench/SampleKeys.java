package io.voicerouting.bench;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.voicerouting.cache.CacheKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The extensions of the sample data in an endless, repeated random order. */
final class SampleKeys {

  /** Longer than a benchmark takes, so that no near entry expires. */
  static final Duration NEAR_TTL = Duration.ofMinutes(5);

  private static final long NEAR_BYTES = 64L << 20;
  private static final int ENTRY_BYTES = 2000;

  /** An extension; {@code number} is the number as a string, as callers of the cache have it. */
  record Key(long organizationId, String number) {

    /** A new key of the cache. */
    CacheKey cacheKey() {
      return new CacheKey("extension", organizationId, number);
    }
  }

  private final List<Key> keys = new ArrayList<>();
  private int turn;

  SampleKeys() {
    SampleData data = SampleData.STANDARD;
    for (int organization = 1; organization <= data.organizations(); organization++) {
      for (int extension = 0; extension < data.extensions(); extension++) {
        keys.add(new Key(organization, Integer.toString(SampleData.FIRST_NUMBER + extension)));
      }
    }
    Collections.shuffle(keys, new Random(20261124));
  }

  /** A cache with the bound and expiry of the near cache, which holds all keys. */
  Cache<CacheKey, Object> caffeine() {
    Cache<CacheKey, Object> cache =
        Caffeine.newBuilder()
            .expireAfterWrite(NEAR_TTL)
            .maximumWeight(NEAR_BYTES)
            .weigher((CacheKey key, Object value) -> ENTRY_BYTES)
            .build();
    keys.forEach(key -> cache.put(key.cacheKey(), new Object()));
    return cache;
  }

  List<Key> all() {
    return keys;
  }

  Key next() {
    turn = turn + 1 == keys.size() ? 0 : turn + 1;
    return keys.get(turn);
  }
}
