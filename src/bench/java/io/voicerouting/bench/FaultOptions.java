package io.voicerouting.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * What can be set on the command line.
 *
 * @param faults what is broken, one after the other
 * @param perSecond lookups
 * @param warmup load before the first fault of each pair of instances
 * @param record whether results are kept, or only printed
 * @param command what was typed
 */
record FaultOptions(
    List<Fault> faults, int perSecond, Duration warmup, boolean record, String command) {

  static FaultOptions of(String... args) {
    SimpleCommandLinePropertySource options = new SimpleCommandLinePropertySource(args);
    String only = options.getProperty("only");
    return new FaultOptions(
        only == null ? List.of(Fault.values()) : faults(only),
        number(options, "rate", 300),
        Duration.ofSeconds(number(options, "warmup", 20)),
        only == null,
        ("bench/faults " + String.join(" ", args)).strip());
  }

  private static int number(SimpleCommandLinePropertySource options, String name, int usual) {
    String value = options.getProperty(name);
    return value == null ? usual : Integer.parseInt(value);
  }

  private static List<Fault> faults(String only) {
    List<String> codes = Arrays.asList(only.split(",", -1));
    return Arrays.stream(Fault.values()).filter(fault -> codes.contains(fault.code())).toList();
  }

  List<Fault> faults(boolean proxied) {
    return faults.stream().filter(fault -> fault.isProxied() == proxied).toList();
  }
}
