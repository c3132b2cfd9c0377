package io.voicerouting.cache.near;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.RemovalCause;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.ManualClock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatedKeysTest {

  private final ManualClock clock = new ManualClock();
  private final RepeatedKeys admission = new RepeatedKeys(clock, 64 << 20);

  private static CacheKey key(int number) {
    return new CacheKey("extension", number, "1001");
  }

  @Test
  void everythingIsAdmittedUntilSomethingIsPushedOut() {
    assertThat(admission.admits(key(1))).isTrue();
    admission.recordEviction(RemovalCause.EXPIRED);
    assertThat(admission.admits(key(2))).isTrue();
    admission.recordEviction(RemovalCause.SIZE);
    assertThat(admission.admits(key(3))).isFalse();
  }

  @Test
  void whatIsAskedForAgainIsAdmitted() {
    admission.recordEviction(RemovalCause.SIZE);

    assertThat(admission.admits(key(1))).isFalse();
    assertThat(admission.admits(key(2))).isFalse();
    assertThat(admission.admits(key(1))).isTrue();
    assertThat(admission.admits(key(1))).isTrue();
  }

  @Test
  void fewOfMoreKeysThanAreRememberedAreAdmitted() {
    admission.recordEviction(RemovalCause.SIZE);
    int admitted = 0;
    for (int round = 0; round < 3; round++) {
      for (int number = 0; number < 200_000; number++) {
        admitted += admission.admits(key(number)) ? 1 : 0;
      }
    }
    assertThat(admitted).isLessThan(100);
  }

  @Test
  void nearlyAllOfFewerKeysThanAreRememberedAreAdmitted() {
    admission.recordEviction(RemovalCause.SIZE);
    int admitted = 0;
    for (int round = 0; round < 2; round++) {
      for (int number = 0; number < 200; number++) {
        admitted += admission.admits(key(number)) ? 1 : 0;
      }
    }
    assertThat(admitted).isBetween(190, 200);
  }

  @Test
  void memoryIsFullForAMinuteAfterTheLastEviction() {
    admission.recordEviction(RemovalCause.SIZE);
    clock.advance(Duration.ofSeconds(20));
    admission.recordEviction(RemovalCause.SIZE);
    clock.advance(Duration.ofSeconds(59));
    assertThat(admission.admits(key(1))).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(admission.admits(key(2))).isTrue();
  }

  /** Two keys of one slot that are asked for in turn would keep each other out for ever. */
  @Test
  void everyKeyIsAdmittedInTheEnd() {
    RepeatedKeys small = new RepeatedKeys(clock, 1 << 20);
    Set<Integer> left = IntStream.range(0, 40).boxed().collect(Collectors.toSet());
    for (int period = 0; period < 60; period++) {
      small.recordEviction(RemovalCause.SIZE);
      for (int turn = 0; turn < 2; turn++) {
        for (int number = 0; number < 40; number++) {
          if (small.admits(key(number))) {
            left.remove(number);
          }
        }
      }
      clock.advance(Duration.ofSeconds(69));
    }
    assertThat(left).isEmpty();
  }
}
