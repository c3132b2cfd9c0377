package io.voicerouting.bench;

import java.time.Duration;
import java.util.List;

/**
 * Latency of cache hits for a growing number of cached keys. One service process is measured with
 * all sizes, Redis filled anew for each measurement, so that the sizes differ in nothing else.
 */
final class KeyCountBenchmark {

  private static final List<SampleData> SIZES =
      List.of(new SampleData(10, 100), new SampleData(100, 1_000), new SampleData(100, 10_000));

  private static final Duration NEAR_CACHE_FILL = Duration.ofSeconds(4);
  private static final double TARGET_SPREAD = 1.3;

  private final Options options;
  private final Measurements<Implementation, Integer> measurements = new Measurements<>();

  private KeyCountBenchmark(Options options) {
    this.options = options;
  }

  /** Runs the benchmark and prints its tables. */
  public static void main(String[] args) {
    KeyCountBenchmark benchmark =
        new KeyCountBenchmark(new Options(args, "connections", "warmup", "seconds", "rounds"));
    List<Implementation> implementations =
        List.of(Implementation.SERVICE, Implementation.SERVICE_REDIS);
    implementations.forEach(benchmark::measure);
    System.out.println(benchmark.measurements.markdown());
    implementations.forEach(benchmark::printSpread);
  }

  private void measure(Implementation implementation) {
    Duration warmup = options.seconds("warmup", 60, 10);
    Duration duration = options.seconds("seconds", 10, 3);
    try (Backends backends = Backends.start(new SampleData(1, 1));
        ServiceProcess service = implementation.start(backends)) {
      for (SampleData keys : SIZES) {
        fillAndLoad(service, backends, keys, warmup);
      }
      for (int round = 0; round < options.number("rounds", 5, 1); round++) {
        for (SampleData keys : SIZES) {
          fillAndLoad(service, backends, keys, NEAR_CACHE_FILL);
          Wrk.Result result = load(service, keys, duration).requireSuccess();
          measurements.add(implementation, count(keys), result);
        }
      }
    }
  }

  private void fillAndLoad(
      ServiceProcess service, Backends backends, SampleData keys, Duration duration) {
    RedisFiller.fill(service, backends.redis(), keys);
    load(service, keys, duration);
  }

  private Wrk.Result load(ServiceProcess service, SampleData keys, Duration duration) {
    return new Wrk(options.connections(), keys)
        .run(service, Endpoint.EXTENSION.template(), duration);
  }

  private static int count(SampleData keys) {
    return keys.organizations() * keys.extensions();
  }

  private void printSpread(Implementation implementation) {
    double[] p99 =
        SIZES.stream()
            .mapToDouble(keys -> measurements.median(implementation, count(keys), Metric.P99))
            .sorted()
            .toArray();
    System.out.printf(
        "%s: largest p99 to smallest %.2f (target: ≤ %.2f)%n",
        implementation, p99[p99.length - 1] / p99[0], TARGET_SPREAD);
  }
}
