package io.voicerouting.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What can be set on the command line.
 *
 * @param contestants who takes part; the service always does
 * @param rounds measurements of each, of which the median counts
 * @param duration of one measurement
 * @param warmup of each contestant, all its endpoints together
 * @param connections that are kept busy
 */
record HttpOptions(
    List<Contestant> contestants, int rounds, Duration duration, Duration warmup, int connections) {

  static final String[] NAMES = {"only", "rounds", "seconds", "warmup", "connections"};

  /** Plain JPA settles slowly. */
  private static final int WARMUPS_OF_JPA = 2;

  static HttpOptions of(CommandLine options) {
    return new HttpOptions(
        contestants(options),
        options.number("rounds", 5, 1),
        Duration.ofSeconds(options.number("seconds", 10, 3)),
        Duration.ofSeconds(options.number("warmup", 60, 12)),
        options.connections());
  }

  private static List<Contestant> contestants(CommandLine options) {
    List<String> codes =
        options.only(Arrays.stream(Contestant.values()).map(Contestant::code).toList());
    return Arrays.stream(Contestant.values())
        .filter(one -> one == Contestant.SERVICE || codes.contains(one.code()))
        .toList();
  }

  Duration warmup(Contestant contestant) {
    return contestant == Contestant.JPA ? warmup.multipliedBy(WARMUPS_OF_JPA) : warmup;
  }

  /** Load before each measurement, that caches of the processor and near entries are warm. */
  Duration leadIn() {
    return Duration.ofSeconds(duration.toSeconds() > 5 ? 2 : 1);
  }
}
