package io.voicerouting.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * What can be set on the command line.
 *
 * @param contestants who takes part; the service always does
 * @param rounds measurements of each, of which the median counts
 * @param duration of one measurement
 * @param warmup of each contestant, all its endpoints together
 * @param connections that are kept busy
 * @param record whether results are kept, or only printed
 * @param command what was typed
 */
record HttpOptions(
    List<Contestant> contestants,
    int rounds,
    Duration duration,
    Duration warmup,
    int connections,
    boolean record,
    String command) {

  /** Plain JPA settles slowly. */
  private static final int WARMUPS_OF_JPA = 2;

  static HttpOptions of(String... args) {
    SimpleCommandLinePropertySource options = new SimpleCommandLinePropertySource(args);
    boolean quick = options.containsProperty("quick");
    String only = options.getProperty("only");
    return new HttpOptions(
        only == null ? List.of(Contestant.values()) : contestants(only),
        number(options, "rounds", quick ? 1 : 5),
        Duration.ofSeconds(number(options, "seconds", quick ? 3 : 10)),
        Duration.ofSeconds(number(options, "warmup", quick ? 12 : 60)),
        number(options, "connections", 16),
        !quick && only == null,
        ("bench/http " + String.join(" ", args)).strip());
  }

  private static int number(SimpleCommandLinePropertySource options, String name, int usual) {
    String value = options.getProperty(name);
    return value == null ? usual : Integer.parseInt(value);
  }

  private static List<Contestant> contestants(String only) {
    List<String> codes = Arrays.asList(only.split(",", -1));
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
