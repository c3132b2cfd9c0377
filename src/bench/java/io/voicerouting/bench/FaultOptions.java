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

  static final String[] NAMES = {"only", "rate", "warmup"};

  static FaultOptions of(CommandLine options) {
    List<String> codes = options.only(Arrays.stream(Fault.values()).map(Fault::code).toList());
    return new FaultOptions(
        Arrays.stream(Fault.values()).filter(fault -> codes.contains(fault.code())).toList(),
        options.number("rate", 300, 100),
        Duration.ofSeconds(options.number("warmup", 60, 5)));
  }

  List<Fault> faults(Fault.Proxied proxied) {
    return faults.stream().filter(fault -> fault.proxied() == proxied).toList();
  }
}
