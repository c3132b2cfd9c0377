package io.voicerouting.bench;

import java.time.Duration;
import java.util.List;

/**
 * Latency of warm decisions with a hundred and with a hundred thousand organizations, each with ten
 * phone numbers. One service process is measured with both, Redis filled anew for each measurement.
 * The near cache holds all documents of a hundred organizations, and few of the others.
 */
final class OrganizationCountBenchmark {

  private static final List<SampleData> SIZES =
      List.of(new SampleData(100, 10), new SampleData(100_000, 10));

  private static final List<Endpoint> ENDPOINTS = List.of(Endpoint.DECISION, Endpoint.NUMBER);
  private static final double TARGET = 1.3;

  private final Options options;
  private final Duration warmup;
  private final Duration duration;

  private OrganizationCountBenchmark(Options options) {
    this.options = options;
    this.warmup = options.seconds("warmup", 60, 5);
    this.duration = options.seconds("seconds", 10, 3);
  }

  /** Runs the benchmark and prints its tables. */
  public static void main(String[] args) {
    Options options = new Options(args, "connections", "warmup", "seconds", "rounds");
    OrganizationCountBenchmark benchmark = new OrganizationCountBenchmark(options);
    benchmark.measure(Implementation.SERVICE);
    benchmark.measure(Implementation.SERVICE_REDIS);
  }

  private void measure(Implementation implementation) {
    Measurements<Endpoint, Integer> measurements = new Measurements<>();
    try (Backends backends = Backends.start(new SampleData(1, SIZES.getFirst().extensions()));
        ServiceProcess service = implementation.start(backends)) {
      for (SampleData size : SIZES) {
        fillAndWarmUp(service, backends, size, warmup);
      }
      for (int round = 0; round < options.number("rounds", 3, 1); round++) {
        for (SampleData size : SIZES) {
          fillAndWarmUp(service, backends, size, duration);
          for (Endpoint endpoint : ENDPOINTS) {
            Wrk.Result result = load(service, size, endpoint, duration).requireSuccess();
            measurements.add(endpoint, size.organizations(), result);
          }
        }
      }
    }
    System.out.println(implementation + ", rows: organizations\n\n" + measurements.markdown());
    ENDPOINTS.forEach(endpoint -> printRatio(measurements, endpoint));
  }

  private void fillAndWarmUp(
      ServiceProcess service, Backends backends, SampleData size, Duration time) {
    System.err.println("Filling: " + size.organizations() + " organizations");
    RedisFiller.fillOrganizations(service, backends.redis(), size);
    ENDPOINTS.forEach(endpoint -> load(service, size, endpoint, time.dividedBy(2)));
  }

  private Wrk.Result load(
      ServiceProcess service, SampleData size, Endpoint endpoint, Duration time) {
    return new Wrk(options.connections(), size).run(service, endpoint, endpoint.template(), time);
  }

  private static void printRatio(Measurements<Endpoint, Integer> measurements, Endpoint endpoint) {
    double few = measurements.median(endpoint, SIZES.getFirst().organizations(), Metric.P99);
    double many = measurements.median(endpoint, SIZES.getLast().organizations(), Metric.P99);
    System.out.printf(
        "%s: p99 with the most organizations to that with the fewest %.2f (target: ≤ %.2f)%n",
        endpoint, many / few, TARGET);
  }
}
