package io.voicerouting.cache.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.ManualClock;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How many negative entries are stored in a minute. */
class NegativeEntryLimitTest {

  private final ManualClock clock = new ManualClock();
  private final NegativeEntryLimit limit = new NegativeEntryLimit(5, clock);

  @Test
  void eachOrganizationHasItsOwnLimit() {
    assertThat(permitted(1, 20)).isEqualTo(5);
    assertThat(permitted(2, 20)).isEqualTo(5);
    clock.advance(Duration.ofSeconds(59));
    assertThat(permitted(1, 20)).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(permitted(1, 20)).isEqualTo(5);
  }

  @Test
  void allTogetherHaveTenTimesTheLimit() {
    assertThat(LongStream.rangeClosed(1, 100).mapToObj(this::key).filter(limit::permits))
        .hasSize(50);
    assertThat(permitted(CacheKey.NO_ORGANIZATION, 1)).isZero();
    clock.advance(Duration.ofMinutes(1));
    assertThat(permitted(1, 5)).isEqualTo(5);
    assertThat(permitted(CacheKey.NO_ORGANIZATION, 100)).isEqualTo(45);
  }

  private long permitted(long organizationId, int times) {
    return IntStream.range(0, times).filter(i -> limit.permits(key(organizationId))).count();
  }

  private CacheKey key(long organizationId) {
    return new CacheKey("extension", organizationId, "999");
  }
}
