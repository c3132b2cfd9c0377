package io.voicerouting.cache.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.HookedExtensions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayConfigurationTest {

  @Test
  void doneRowsAreKeptLongerThanTheLongestLifeOfACopy() {
    List<CachedResource<?>> resources =
        List.of(
            livingFor(Duration.ofMinutes(15)),
            livingFor(Duration.ofHours(2)),
            livingFor(Duration.ofMinutes(30)));

    assertThat(RelayConfiguration.keepDone(resources)).isGreaterThan(Duration.ofHours(2));
  }

  private static CachedResource<?> livingFor(Duration life) {
    HookedExtensions resource = new HookedExtensions(CoherenceDatabase.get());
    resource.liveFor(life);
    return resource;
  }
}
