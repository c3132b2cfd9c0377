package io.voicerouting.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The time to compare a token does not tell how much of it is right. Two distributions of times are
 * compared by the probability that a time of one exceeds a time of the other (Mann and Whitney,
 * 1947): 0.5 if they are equal. Samples alternate at random, so that noise of the machine is in
 * both.
 */
class TokenTimingTest {

  private static final int SAMPLES = 4_000;
  private static final int REPETITIONS = 20;
  private static final int LENGTH = 4_096; // long, so that a comparison by characters shows
  private static final String RIGHT = "r".repeat(LENGTH);
  private static final String WRONG_AT_THE_START = "w" + "r".repeat(LENGTH - 1);
  private static final String WRONG_AT_THE_END = "r".repeat(LENGTH - 1) + "w";

  private final SettingsTokens tokens =
      new SettingsTokens(
          new SecurityProperties(
              "platform-test-token", RIGHT, "ops-test-token", "", 30, Duration.ofMinutes(1)));

  @Test
  void timeDoesNotTellHowMuchOfATokenIsRight() {
    Predicate<String> comparison = token -> tokens.find(SettingsTokens.digest(token)) != null;

    assertThat(probability(comparison, WRONG_AT_THE_START, WRONG_AT_THE_END)).isBetween(0.4, 0.6);
    assertThat(probability(comparison, WRONG_AT_THE_START, RIGHT)).isBetween(0.4, 0.6);
  }

  /** The same measurement of a comparison that stops at the first difference. */
  @Test
  void measurementDetectsAComparisonThatStopsEarly() {
    Predicate<String> comparison = TokenTimingTest::equalsCharacterByCharacter;

    assertThat(probability(comparison, WRONG_AT_THE_START, WRONG_AT_THE_END)).isGreaterThan(0.8);
  }

  private static boolean equalsCharacterByCharacter(String token) {
    for (int i = 0; i < LENGTH; i++) {
      if (token.charAt(i) != RIGHT.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Estimates the probability that the second token takes longer than the first. */
  private static double probability(Predicate<String> comparison, String first, String second) {
    measure(comparison, first, second); // warm-up
    long[][] times = measure(comparison, first, second);
    Arrays.sort(times[0]);
    double longer = 0;
    for (long time : times[1]) {
      longer += rank(times[0], time);
    }
    return longer / times[1].length / times[0].length;
  }

  /** Number of sorted times that are shorter, equal ones counting half. */
  private static double rank(long[] sorted, long time) {
    int from = lowerBound(sorted, time);
    int to = lowerBound(sorted, time + 1);
    return from + (to - from) / 2.0;
  }

  private static int lowerBound(long[] sorted, long time) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static long[][] measure(Predicate<String> comparison, String first, String second) {
    Random random = new Random(1);
    long[][] times = new long[2][SAMPLES];
    int[] counts = new int[2];
    int matches = 0;
    while (counts[0] < SAMPLES || counts[1] < SAMPLES) {
      int which = counts[0] == SAMPLES ? 1 : counts[1] == SAMPLES ? 0 : random.nextInt(2);
      String token = which == 0 ? first : second;
      long start = System.nanoTime();
      for (int i = 0; i < REPETITIONS; i++) {
        matches += comparison.test(token) ? 1 : 0;
      }
      times[which][counts[which]++] = System.nanoTime() - start;
    }
    assertThat(matches % REPETITIONS).isZero(); // uses the results
    return times;
  }
}
