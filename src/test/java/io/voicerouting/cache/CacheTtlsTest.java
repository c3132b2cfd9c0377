package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long documents are kept. */
class CacheTtlsTest {

  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private final CacheTtls.Ttl ttl =
      new CacheTtls.Ttl(Duration.ofMinutes(30), Duration.ofHours(4), Duration.ofMinutes(1));

  @ParameterizedTest
  @CsvSource({
    "2026-11-29T12:00:00Z, PT30M",
    "2026-11-29T07:00:00Z, PT30M",
    "2026-11-29T06:59:50Z, PT30M1S",
    "2026-11-29T02:00:00Z, PT1H",
    "2026-11-27T20:00:00Z, PT4H",
    "2026-11-27T19:59:50Z, PT4H",
    "-1000000000-01-01T00:00:00Z, PT4H",
    "2026-11-29T12:00:01Z, PT30M", // clocks differ
    "+1000000000-12-31T23:59:59Z, PT30M",
    ", PT30M",
  })
  void documentIsKeptForATenthOfTheTimeWithoutAChange(Instant changedAt, Duration expected) {
    assertThat(ttl.forDocument(changedAt, NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"PT30M", "PT4H", "PT1S"})
  void jitterSubtractsUpToATenth(Duration longest) {
    Random random = new Random(1);
    Duration shortest = longest;
    for (int i = 0; i < 1_000; i++) {
      Duration jittered = TtlJitter.TENTH.shorten(longest, random);
      assertThat(jittered).isBetween(longest.minus(longest.dividedBy(10)), longest);
      shortest = jittered.compareTo(shortest) < 0 ? jittered : shortest;
    }
    assertThat(shortest.toMillis()).isLessThanOrEqualTo(longest.toMillis() * 91 / 100);
  }

  @Test
  void equalBoundsAreOneTtlForAllDocuments() {
    Duration minutes = Duration.ofMinutes(15);
    CacheTtls.Ttl one = new CacheTtls.Ttl(minutes, minutes, minutes);

    assertThat(one.forDocument(Instant.EPOCH, NOW)).isEqualTo(minutes);
    assertThat(one.forDocument(NOW, NOW)).isEqualTo(minutes);
  }
}
