package io.voicerouting.bench.lives;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Lookups and changes of documents, the same for every policy. Lookups are a Poisson process, and
 * choose a document by a Zipf distribution. Documents change independently of how often they are
 * looked up: 5 % of them once a day on average, 25 % once a month, the others once a year.
 */
final class Workload {

  private static final double ZIPF_EXPONENT = 0.9;
  private static final double DAILY = 0.05;
  private static final double MONTHLY = 0.25;

  private final long seed;
  private final double lookupsPerMilli;
  private final double[] cumulative;
  private final long[] firstChange;
  private final List<Change> changes = new ArrayList<>();

  /**
   * A change of a document.
   *
   * @param atMillis since the begin of the simulation
   */
  record Change(long atMillis, int document) {}

  /**
   * Prepares a workload.
   *
   * @param length time for which changes are prepared
   */
  Workload(long seed, int documents, int lookupsPerSecond, Duration length) {
    this.seed = seed;
    this.lookupsPerMilli = lookupsPerSecond / 1_000.0;
    this.cumulative = new double[documents];
    this.firstChange = new long[documents];
    RandomGenerator random = random(0);
    double sum = 0;
    for (int i = 0; i < documents; i++) {
      sum += Math.pow(i + 1, -ZIPF_EXPONENT);
      cumulative[i] = sum;
      addChanges(i, meanDays(random), length, random);
    }
    changes.sort(Comparator.comparingLong(Change::atMillis));
  }

  private static double meanDays(RandomGenerator random) {
    double choice = random.nextDouble();
    return choice < DAILY ? 1 : choice < DAILY + MONTHLY ? 30 : 365;
  }

  private void addChanges(int document, double meanDays, Duration length, RandomGenerator random) {
    double meanMillis = meanDays * Duration.ofDays(1).toMillis();
    firstChange[document] = -(long) (random.nextExponential() * meanMillis);
    double at = random.nextExponential() * meanMillis;
    while (at < length.toMillis()) {
      changes.add(new Change((long) at, document));
      at += random.nextExponential() * meanMillis;
    }
  }

  /** A generator whose numbers depend on the seed and the purpose alone. */
  RandomGenerator random(int purpose) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 31 + purpose);
  }

  int documents() {
    return cumulative.length;
  }

  /** When a document changed last before the simulation began, in milliseconds; negative. */
  long firstChange(int document) {
    return firstChange[document];
  }

  /** All changes, the earliest first. */
  List<Change> changes() {
    return changes;
  }

  /** Draws the time until the next lookup, in milliseconds. */
  double nextGap(RandomGenerator random) {
    return random.nextExponential() / lookupsPerMilli;
  }

  /** Draws the document that is looked up. */
  int nextDocument(RandomGenerator random) {
    double target = random.nextDouble() * cumulative[cumulative.length - 1];
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] < target) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
