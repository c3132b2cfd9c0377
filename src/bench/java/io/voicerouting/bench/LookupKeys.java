package io.voicerouting.bench;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.extension.ExtensionResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The extensions of the sample data, in an order that repeats itself but is no order. */
final class LookupKeys {

  /** Longer than a benchmark takes: what is measured is hits. */
  static final Duration NEAR_TTL = Duration.ofMinutes(5);

  private static final long NEAR_BYTES = 64L << 20;
  private static final int ENTRY_BYTES = 2000;

  private final List<CacheKey> keys = new ArrayList<>();
  private int turn;

  LookupKeys() {
    SampleData data = SampleData.STANDARD;
    for (int organization = 1; organization <= data.organizations(); organization++) {
      for (int extension = 0; extension < data.extensions(); extension++) {
        String number = Integer.toString(SampleData.FIRST_NUMBER + extension);
        keys.add(new CacheKey(ExtensionResource.NAME, organization, number));
      }
    }
    Collections.shuffle(keys, new Random(20261124));
  }

  /** A cache with bounds and expiry of the near cache. */
  static Cache<CacheKey, Object> rawCache() {
    return Caffeine.newBuilder()
        .expireAfterWrite(NEAR_TTL)
        .maximumWeight(NEAR_BYTES)
        .weigher((CacheKey key, Object value) -> ENTRY_BYTES)
        .build();
  }

  List<CacheKey> all() {
    return keys;
  }

  /** An equal key, made anew. */
  CacheKey next() {
    CacheKey known = known();
    return new CacheKey(known.resource(), known.organizationId(), known.identifier());
  }

  /** The key as it is here. */
  CacheKey known() {
    turn = turn + 1 == keys.size() ? 0 : turn + 1;
    return keys.get(turn);
  }
}
