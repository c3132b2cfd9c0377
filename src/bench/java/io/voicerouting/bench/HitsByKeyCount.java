package io.voicerouting.bench;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Latency of hits by how many keys are cached; each number has a service and a Redis of its own.
 */
final class HitsByKeyCount {

  private static final List<SampleData> SIZES =
      List.of(new SampleData(10, 100), new SampleData(100, 1_000), new SampleData(100, 10_000));

  private static final double WANTED_SPREAD = 1.3;

  private final CommandLine options;
  private final List<Cached> cached = new ArrayList<>();

  private HitsByKeyCount(CommandLine options) {
    this.options = options;
  }

  private record Cached(
      SampleData keys, RedisInstance redis, ServiceProcess service, List<Wrk.Result> results) {

    void close() {
      service.close();
      redis.close();
    }

    /** Nothing of it counts: to a cold service Redis may be slow, and there are no rows to load. */
    void warmUp(int connections, Duration duration) {
      run(connections, duration);
    }

    void load(int connections, Duration duration) {
      results.add(run(connections, duration).requireSuccess());
    }

    private Wrk.Result run(int connections, Duration duration) {
      return new Wrk(connections, keys)
          .run(service, Endpoint.EXTENSION.path(Contestant.SERVICE), duration);
    }
  }

  /** Runs it; options are those of {@code bench/http}, without {@code --only}. */
  public static void main(String[] args) throws IOException {
    CommandLine options = new CommandLine("bench/keys", args);
    HitsByKeyCount benchmark = new HitsByKeyCount(options);
    try (PostgresInstance postgres = BackingServers.startPostgres()) {
      new SampleData(1, 1).load(postgres);
      for (Contestant contestant : List.of(Contestant.SERVICE, Contestant.SERVICE_REDIS)) {
        benchmark.run(contestant, postgres);
      }
    }
    options.report("keys", benchmark.text.toString());
  }

  private final StringBuilder text = new StringBuilder("## Hits by number of cached keys\n");

  private void run(Contestant contestant, PostgresInstance postgres) {
    try {
      for (SampleData keys : SIZES) {
        RedisInstance redis = BackingServers.startRedis();
        ServiceProcess service = contestant.start(postgres, redis, BenchFiles.flags());
        RedisCopies.fill(service, redis, keys);
        cached.add(new Cached(keys, redis, service, new ArrayList<>()));
      }
      Duration warmup = Duration.ofSeconds(options.number("warmup", 60, 10));
      cached.forEach(one -> one.warmUp(options.connections(), warmup));
      for (int round = 0; round < options.number("rounds", 5, 1); round++) {
        Duration duration = Duration.ofSeconds(options.number("seconds", 10, 3));
        cached.forEach(one -> one.load(options.connections(), duration));
      }
      describe(contestant);
    } finally {
      cached.forEach(Cached::close);
      cached.clear();
    }
  }

  private void describe(Contestant contestant) {
    text.append(
        "\n| %s: extension lookups | requests/s | p50 ms | p99 ms | p99.9 ms |\n"
            .formatted(contestant.title()));
    text.append("|---|--:|--:|--:|--:|\n");
    List<Double> p99 = new ArrayList<>();
    for (Cached one : cached) {
      p99.add(median(one, Wrk.Result::p99) / 1e3);
      text.append(
          "| %,d keys | %,.0f | %.2f | %.2f | %.2f |\n"
              .formatted(
                  one.keys().organizations() * one.keys().extensions(),
                  median(one, Wrk.Result::requestsPerSecond),
                  median(one, Wrk.Result::p50) / 1e3,
                  p99.getLast(),
                  median(one, Wrk.Result::p999) / 1e3));
    }
    double spread =
        p99.stream().mapToDouble(Double::doubleValue).max().orElseThrow()
            / p99.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    text.append(
        "\nLargest p99 to smallest: %.2f (wanted: ≤ %.2f)\n".formatted(spread, WANTED_SPREAD));
  }

  private static double median(Cached one, java.util.function.ToDoubleFunction<Wrk.Result> figure) {
    return Medians.of(one.results().stream().mapToDouble(figure).toArray());
  }
}
