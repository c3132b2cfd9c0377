package io.voicerouting.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The time to compare a token does not tell how much of it is right. Two distributions of times are
 * compared by the ratio of their quartiles: 1 if they are equal. Samples of both alternate at
 * random, so that noise of the machine is in both.
 */
class TokenTimingTest {

  private static final int SAMPLES = 4_000;
  private static final int REPETITIONS = 20;
  private static final double EQUAL = 1.25; // noise moves a quartile by less
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

    assertThat(quartileRatios(comparison, WRONG_AT_THE_START, WRONG_AT_THE_END))
        .allSatisfy(ratio -> assertThat(ratio).isBetween(1 / EQUAL, EQUAL));
    assertThat(quartileRatios(comparison, WRONG_AT_THE_START, RIGHT))
        .allSatisfy(ratio -> assertThat(ratio).isBetween(1 / EQUAL, EQUAL));
  }

  /** The same measurement of a comparison that stops at the first difference. */
  @Test
  void measurementDetectsAComparisonThatStopsEarly() {
    Predicate<String> comparison = TokenTimingTest::equalsCharacterByCharacter;

    assertThat(quartileRatios(comparison, WRONG_AT_THE_START, WRONG_AT_THE_END))
        .allSatisfy(ratio -> assertThat(ratio).isGreaterThan(2 * EQUAL));
  }

  private static boolean equalsCharacterByCharacter(String token) {
    for (int i = 0; i < LENGTH; i++) {
      if (token.charAt(i) != RIGHT.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** First quartile and median of the second token's times, each divided by the first token's. */
  private static List<Double> quartileRatios(
      Predicate<String> comparison, String first, String second) {
    measure(comparison, first, second); // warm-up
    long[][] times = measure(comparison, first, second);
    Arrays.sort(times[0]);
    Arrays.sort(times[1]);
    return IntStream.of(SAMPLES / 4, SAMPLES / 2)
        .mapToDouble(i -> (double) times[1][i] / times[0][i])
        .boxed()
        .toList();
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
