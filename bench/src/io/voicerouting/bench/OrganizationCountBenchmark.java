package io.voicerouting.bench;

import io.voicerouting.testing.BackingServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Latency of warm decisions with a hundred and with a hundred thousand organizations, each with ten
 * phone numbers, at a constant rate. Two services, each with a Redis server of its own, are loaded
 * in turn in each round, so that other work of the machine affects both. The near cache holds all
 * documents of a hundred organizations, and few of the others.
 */
final class OrganizationCountBenchmark {

  private static final SampleData FEW = new SampleData(100, 10);
  private static final SampleData MANY = new SampleData(100_000, 10);
  private static final List<Endpoint> ENDPOINTS = List.of(Endpoint.DECISION, Endpoint.NUMBER);
  private static final double TARGET = 1.3;

  private final Options options;
  private final int rate;
  private final Duration warmup;
  private final Duration duration;

  private OrganizationCountBenchmark(Options options) {
    this.options = options;
    this.rate = options.number("rate", 2000, 500);
    this.warmup = options.seconds("warmup", 60, 5);
    this.duration = options.seconds("seconds", 6, 3);
  }

  /** A service and the organizations in its Redis. */
  private record Filled(SampleData data, ServiceProcess service) {}

  /** Runs the benchmark and prints its tables. */
  public static void main(String[] args) {
    Options options = new Options(args, "connections", "rate", "warmup", "seconds", "rounds");
    OrganizationCountBenchmark benchmark = new OrganizationCountBenchmark(options);
    benchmark.measure(Implementation.SERVICE);
    benchmark.measure(Implementation.SERVICE_REDIS);
  }

  private void measure(Implementation implementation) {
    try (Backends first = Backends.start(new SampleData(1, FEW.extensions()));
        Backends second = new Backends(first.postgres(), BackingServers.startRedis());
        ServiceProcess few = implementation.start(first);
        ServiceProcess many = implementation.start(second)) {
      RedisFiller.fillOrganizations(few, first.redis(), FEW);
      RedisFiller.fillOrganizations(many, second.redis(), MANY);
      List<Filled> subjects = List.of(new Filled(FEW, few), new Filled(MANY, many));
      subjects.forEach(this::warmUp);
      Map<Endpoint, List<Round>> rounds = new EnumMap<>(Endpoint.class);
      for (int round = 0; round < options.number("rounds", 7, 1); round++) {
        for (Endpoint endpoint : ENDPOINTS) {
          System.err.println("  " + implementation + ", " + endpoint);
          rounds
              .computeIfAbsent(endpoint, same -> new ArrayList<>())
              .add(
                  new Round(
                      load(subjects.getFirst(), endpoint), load(subjects.getLast(), endpoint)));
        }
      }
      print(implementation, rounds);
    }
  }

  /** Neighbouring measurements of both. */
  private record Round(OpenLoad.Result few, OpenLoad.Result many) {
    double ratio() {
      return many.percentile(99) / few.percentile(99);
    }
  }

  private void warmUp(Filled subject) {
    System.err.println("Warming up: " + subject.data().organizations() + " organizations");
    Wrk wrk = new Wrk(options.connections(), subject.data());
    for (Endpoint endpoint : ENDPOINTS) {
      wrk.run(subject.service(), endpoint, endpoint.template(), warmup.dividedBy(ENDPOINTS.size()));
    }
  }

  private OpenLoad.Result load(Filled subject, Endpoint endpoint) {
    return new OpenLoad(2 * options.connections(), subject.data())
        .run(subject.service(), endpoint.template(), rate, duration);
  }

  private void print(Implementation implementation, Map<Endpoint, List<Round>> rounds) {
    System.out.printf(
        Locale.ROOT,
        "| %s, %,d/s | organizations | failed | p50 ms | p99 ms | p99.9 ms |%n|---|--:|--:|--:|--:|--:|%n",
        implementation,
        rate);
    rounds.forEach(
        (endpoint, all) -> {
          printRow(endpoint, FEW, all.stream().map(Round::few).toList());
          printRow(endpoint, MANY, all.stream().map(Round::many).toList());
        });
    System.out.println();
    rounds.forEach(OrganizationCountBenchmark::printRatio);
  }

  private static void printRow(Endpoint endpoint, SampleData data, List<OpenLoad.Result> results) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %,d | %.2f | %s | %.2f |%n",
        endpoint,
        data.organizations(),
        results.stream().mapToInt(OpenLoad.Result::failures).sum(),
        Measurements.median(percentiles(results, 50).toArray()),
        range(percentiles(results, 99)),
        Measurements.median(percentiles(results, 99.9).toArray()));
  }

  private static DoubleStream percentiles(List<OpenLoad.Result> results, double percent) {
    return results.stream().mapToDouble(result -> result.percentile(percent));
  }

  /** The median of the rounds' ratios: what disturbs one round changes one ratio. */
  private static void printRatio(Endpoint endpoint, List<Round> rounds) {
    System.out.printf(
        Locale.ROOT,
        "%s: p99 with the most organizations to that with the fewest %s (target: ≤ %.2f)%n",
        endpoint,
        range(rounds.stream().mapToDouble(Round::ratio)),
        TARGET);
  }

  private static String range(DoubleStream values) {
    double[] all = values.sorted().toArray();
    return String.format(
        Locale.ROOT, "%.2f (%.2f to %.2f)", Measurements.median(all), all[0], all[all.length - 1]);
  }
}
