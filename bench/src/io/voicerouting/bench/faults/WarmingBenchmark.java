package io.voicerouting.bench.faults;

import io.voicerouting.bench.Backends;
import io.voicerouting.bench.Options;
import io.voicerouting.bench.SampleData;
import io.voicerouting.bench.ServiceProcess;
import io.voicerouting.testing.TestTokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Measures how a Redis that was killed and started again empty is filled while two instances answer
 * lookups of extensions, which are asked for unequally (Zipf, exponent 0.9), with and without
 * warming.
 */
final class WarmingBenchmark {

  private static final SampleData DATA = new SampleData(100, 50);
  private static final Pattern LOADS =
      Pattern.compile("(?m)^cache_load_duration_seconds_count\\{[^}]*} ([0-9.E]+)$");

  private WarmingBenchmark() {}

  /** Runs the benchmark and prints the table. */
  public static void main(String[] args) throws InterruptedException {
    Options options = new Options(args, "rate", "preparation", "seconds");
    int rate = options.number("rate", 300, 100);
    // The instances record what was asked for once a minute.
    Duration preparation = options.seconds("preparation", 70, 65);
    Duration observation = options.seconds("seconds", 60, 10);
    System.out.println(
        "| Redis killed empty under "
            + rate
            + " lookups/s | most loads/s | loads in all | 95 % hits after s | p99 ms | failed |\n"
            + "|---|--:|--:|--:|--:|--:|");
    for (boolean warming : List.of(false, true)) {
      WarmingResult result = measure(warming, rate, preparation, observation);
      System.out.println(result.row(warming ? "with warming" : "without warming"));
    }
  }

  private static WarmingResult measure(
      boolean warming, int rate, Duration preparation, Duration observation)
      throws InterruptedException {
    String name = "faults-warming-" + warming + "-";
    List<String> arguments = List.of("--routing.cache.warm.enabled=" + warming);
    try (Backends backends = Backends.start(DATA);
        ServiceProcess first = ServiceProcess.start(name + 1, backends, arguments);
        ServiceProcess second = ServiceProcess.start(name + 2, backends, arguments);
        WarmingLoad load = new WarmingLoad(List.of(first, second), DATA)) {
      load.askForEverything();
      load.run(rate, preparation, () -> 0);
      backends.redis().kill();
      backends.redis().restart();
      return load.run(rate, observation, () -> loads(first) + loads(second));
    }
  }

  private static long loads(ServiceProcess service) {
    HttpResponse<String> answer = service.get("/actuator/prometheus", TestTokens.OPS);
    return LOADS
        .matcher(answer.body())
        .results()
        .mapToLong(match -> (long) Double.parseDouble(match.group(1)))
        .sum();
  }
}
