package io.voicerouting.bench;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Latency of hits by how many keys are cached: the same service and the same Redis, filled anew for
 * each measurement, so that all numbers meet the same compiled code and the same minutes.
 */
final class HitsByKeyCount {

  private static final List<SampleData> SIZES =
      List.of(new SampleData(10, 100), new SampleData(100, 1_000), new SampleData(100, 10_000));

  /** Before each measurement: fills the near cache. */
  private static final Duration FILLING = Duration.ofSeconds(4);

  private static final double WANTED_SPREAD = 1.3;

  private final CommandLine options;
  private final Map<SampleData, List<Wrk.Result>> results = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder("## Hits by number of cached keys\n");

  private HitsByKeyCount(CommandLine options) {
    this.options = options;
  }

  /** Runs it; options are those of {@code bench/http}, without {@code --only}. */
  public static void main(String[] args) throws IOException {
    CommandLine options =
        new CommandLine("bench/keys", args, "connections", "warmup", "seconds", "rounds");
    HitsByKeyCount benchmark = new HitsByKeyCount(options);
    try (PostgresInstance postgres = BackingServers.startPostgres()) {
      new SampleData(1, 1).load(postgres);
      for (Contestant contestant : List.of(Contestant.SERVICE, Contestant.SERVICE_REDIS)) {
        benchmark.run(contestant, postgres);
      }
    }
    options.report("keys", benchmark.text.toString());
  }

  private void run(Contestant contestant, PostgresInstance postgres) {
    results.clear();
    try (RedisInstance redis = BackingServers.startRedis();
        ServiceProcess service = contestant.start(postgres, redis, BenchFiles.flags())) {
      Duration warmup = Duration.ofSeconds(options.number("warmup", 60, 10));
      for (SampleData keys : SIZES) {
        RedisCopies.fill(service, redis, keys);
        load(service, keys, warmup); // counts for nothing
      }
      Duration duration = Duration.ofSeconds(options.number("seconds", 10, 3));
      for (int round = 0; round < options.number("rounds", 5, 1); round++) {
        for (SampleData keys : SIZES) {
          RedisCopies.fill(service, redis, keys);
          load(service, keys, FILLING);
          results
              .computeIfAbsent(keys, first -> new ArrayList<>())
              .add(load(service, keys, duration).requireSuccess());
        }
      }
      describe(contestant);
    }
  }

  private Wrk.Result load(ServiceProcess service, SampleData keys, Duration duration) {
    return new Wrk(options.connections(), keys)
        .run(service, Endpoint.EXTENSION.path(Contestant.SERVICE), duration);
  }

  private void describe(Contestant contestant) {
    text.append(
        "\n| %s: extension lookups | requests/s | p50 ms | p99 ms | p99.9 ms |\n"
            .formatted(contestant.title()));
    text.append("|---|--:|--:|--:|--:|\n");
    List<Double> p99 = new ArrayList<>();
    results.forEach(
        (keys, runs) -> {
          p99.add(median(runs, Wrk.Result::p99) / 1e3);
          text.append(
              "| %,d keys | %,.0f | %.2f | %.2f | %.2f |\n"
                  .formatted(
                      keys.organizations() * keys.extensions(),
                      median(runs, Wrk.Result::requestsPerSecond),
                      median(runs, Wrk.Result::p50) / 1e3,
                      p99.getLast(),
                      median(runs, Wrk.Result::p999) / 1e3));
        });
    double spread =
        p99.stream().mapToDouble(Double::doubleValue).max().orElseThrow()
            / p99.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    text.append(
        "\nLargest p99 to smallest: %.2f (wanted: ≤ %.2f)\n".formatted(spread, WANTED_SPREAD));
  }

  private static double median(List<Wrk.Result> runs, ToDoubleFunction<Wrk.Result> figure) {
    return Medians.of(runs.stream().mapToDouble(figure).toArray());
  }
}
