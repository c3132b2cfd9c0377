package io.voicerouting.cache.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.CacheTtls;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelayConfigurationTest {

  private static final Duration NEGATIVE = Duration.ofSeconds(60);

  @Test
  void doneRowsAreKeptLongerThanTheLongestTtl() {
    CacheTtls ttls =
        new CacheTtls(
            Map.of(
                "a", new CacheTtls.Ttl(Duration.ofMinutes(15), Duration.ofMinutes(15), NEGATIVE),
                "b", new CacheTtls.Ttl(Duration.ofMinutes(30), Duration.ofHours(4), NEGATIVE),
                "c", new CacheTtls.Ttl(Duration.ofHours(2), Duration.ofHours(2), NEGATIVE)));

    assertThat(RelayConfiguration.keepDone(ttls)).isGreaterThan(Duration.ofHours(4));
  }
}
