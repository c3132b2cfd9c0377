package io.voicerouting.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What can be set on the command line.
 *
 * @param faults what is broken, one after the other
 * @param perSecond lookups
 * @param warmup load before the first fault of each pair of instances
 */
record FaultOptions(List<Fault> faults, int perSecond, Duration warmup) {

  static FaultOptions of(CommandLine options) {
    String only = options.value("only");
    return new FaultOptions(
        only == null ? List.of(Fault.values()) : faults(only),
        options.number("rate", 300, 100),
        Duration.ofSeconds(options.number("warmup", 60, 5)));
  }

  private static List<Fault> faults(String only) {
    List<String> codes = Arrays.asList(only.split(",", -1));
    return Arrays.stream(Fault.values()).filter(fault -> codes.contains(fault.code())).toList();
  }

  List<Fault> faults(Fault.Proxied proxied) {
    return faults.stream().filter(fault -> fault.proxied() == proxied).toList();
  }
}
