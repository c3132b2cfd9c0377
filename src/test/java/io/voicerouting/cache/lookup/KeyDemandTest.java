package io.voicerouting.cache.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What is counted of the lookups. */
class KeyDemandTest {

  private static final CacheKey KEY = new CacheKey("extension", 7, "101");
  private static final Lookup<String> FOUND = new Lookup.Found<>("x", CacheStatus.miss());

  @SuppressWarnings("unchecked")
  private final CachedResource<String> extensions =
      mock(CachedResource.class, Mockito.CALLS_REAL_METHODS);

  @Test
  void sampleOfNearHitsEstimatesTheirNumber() {
    KeyDemand demand = new KeyDemand(true);
    Random random = new Random(17);
    long now = 0;
    for (int i = 0; i < 640_000; i++) {
      now += random.nextInt(100, 5_000);
      demand.recordNearHit(extensions, KEY, FOUND, now);
    }
    assertThat(Objects.requireNonNull(demand.drain().get(KEY)).count())
        .isBetween(600_000L, 680_000L);
  }

  @Test
  void otherLookupsOfDocumentsAreAllCounted() {
    KeyDemand demand = new KeyDemand(true);
    for (int i = 0; i < 5; i++) {
      demand.record(extensions, KEY, FOUND);
      demand.record(
          extensions, new CacheKey("extension", 7, "102"), new Lookup.Absent<>(CacheStatus.miss()));
    }
    assertThat(demand.drain()).isEqualTo(Map.of(KEY, new KeyDemand.LookupCount(7, 5)));
    assertThat(demand.drain()).isEmpty();
  }

  @Test
  void keysBeyondTheLimitAreIgnoredAndThoseBeforeAreStillCounted() {
    KeyDemand demand = new KeyDemand(true);
    demand.record(extensions, KEY, FOUND);
    for (int number = 0; number < 2 * KeyDemand.MAX_KEYS; number++) {
      demand.record(extensions, new CacheKey("extension", 8, "" + number), FOUND);
    }
    demand.record(extensions, KEY, FOUND);

    Map<CacheKey, KeyDemand.LookupCount> counted = demand.drain();
    assertThat(counted)
        .hasSize(KeyDemand.MAX_KEYS)
        .containsEntry(KEY, new KeyDemand.LookupCount(7, 2));
    demand.record(extensions, new CacheKey("extension", 9, "1"), FOUND);
    assertThat(demand.drain()).hasSize(1);
  }

  @Test
  void nothingIsCountedIfWarmingIsOff() {
    KeyDemand demand = new KeyDemand(false);
    demand.record(extensions, KEY, FOUND);
    demand.recordNearHit(extensions, KEY, FOUND, 0);
    assertThat(demand.drain()).isEmpty();
  }
}
