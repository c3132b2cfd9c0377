package io.voicerouting.bench;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisCluster;
import io.voicerouting.testing.RedisInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Throughput, latency and processor time over HTTP, beside the baselines. All implementations run
 * at the same time and are loaded in turn in each round, so that other work of the machine affects
 * all of them.
 */
final class HttpBenchmark implements AutoCloseable {

  private static final SampleData DATA = SampleData.STANDARD;
  private static final int NUMBER = SampleData.FIRST_NUMBER + 1;

  private static final List<Integer> RATES = List.of(1_000, 5_000, 10_000);
  private static final List<Implementation> OPEN_LOADED =
      List.of(
          Implementation.SERVICE,
          Implementation.SERVICE_CLUSTER,
          Implementation.SERVICE_TRACED,
          Implementation.PLAIN_SERVLET,
          Implementation.PLAIN_CONSTANT,
          Implementation.PLAIN_JETCACHE);

  private final int rounds;
  private final Duration duration;
  private final Duration warmup;
  private final Wrk wrk;
  private final Set<Implementation> implementations;
  private final Set<Endpoint> endpoints;
  private final List<Integer> rates;
  private final Map<Implementation, ServiceProcess> services = new EnumMap<>(Implementation.class);
  private final Measurements<Endpoint, Implementation> measurements = new Measurements<>();
  private final OpenLoadTable openLoads = new OpenLoadTable();
  private final TraceSink traces = new TraceSink();
  private final OpenLoad openLoad;
  private final Duration openDuration;
  private @Nullable RedisCluster cluster; // null: not used

  private HttpBenchmark(Options options) {
    rounds = options.number("rounds", 5, 1);
    duration = options.seconds("seconds", 10, 3);
    warmup = options.seconds("warmup", 60, 12);
    wrk = new Wrk(options.connections(), DATA);
    openLoad = new OpenLoad(2 * options.connections(), DATA);
    openDuration = options.seconds("open-seconds", 10, 3);
    implementations = options.only(Implementation.class);
    endpoints = options.only("endpoints", Endpoint.class);
    rates = options.numbers("rates", RATES);
    if (!options.has("only")) {
      implementations.removeIf(Implementation::isClustered); // more servers and instances at rest
    }
    implementations.add(Implementation.SERVICE);
  }

  /** Runs the benchmark and prints its tables. */
  public static void main(String[] args) throws IOException {
    Options options =
        new Options(
            args,
            "only",
            "endpoints",
            "rates",
            "rounds",
            "seconds",
            "open-seconds",
            "warmup",
            "connections");
    try (Backends backends = Backends.start(DATA);
        HttpBenchmark benchmark = new HttpBenchmark(options)) {
      benchmark.start(backends);
      benchmark.services.keySet().forEach(benchmark::checkAnswers);
      benchmark.services.keySet().forEach(benchmark::warmUp);
      benchmark.inRounds(benchmark::measureAll);
      System.out.println(benchmark.measurements.markdown());
      System.out.println(TargetRatio.markdown(benchmark.measurements));
      if (!benchmark.rates.isEmpty()) {
        benchmark.inRounds(benchmark::measureOpenLoads);
        System.out.println(benchmark.openLoads.markdown());
      }
      benchmark.requireTraces();
    }
  }

  /** The service starts first: the baselines need its answers and its entries in Redis. */
  private void start(Backends backends) throws IOException {
    List<String> nodes = clusterNodes();
    for (Implementation implementation : implementations) {
      services.put(implementation, implementation.start(backends, nodes, traces.endpoint()));
      if (implementation == Implementation.SERVICE) {
        recordAnswers();
      }
    }
    // Last: passes evict the keys of inserted rows again until all their outbox rows are done.
    for (Implementation implementation : implementations) {
      if (!implementation.isBaseline() && implementation != Implementation.SERVICE_REDIS) {
        for (int org = 1; org <= DATA.organizations(); org++) {
          service(implementation).warm(org);
        }
      }
    }
  }

  /** Starts a Redis Cluster if an implementation uses one; returns its primaries. */
  private List<String> clusterNodes() {
    if (implementations.stream().noneMatch(Implementation::isClustered)) {
      return List.of();
    }
    RedisCluster started = BackingServers.startRedisCluster();
    cluster = started;
    return started.servers().stream()
        .filter(RedisInstance::isPrimary)
        .map(server -> server.host() + ":" + server.port())
        .toList();
  }

  private void recordAnswers() throws IOException {
    Path directory = ServiceProcess.directory("answers");
    for (Endpoint endpoint : Endpoint.values()) {
      Files.writeString(
          directory.resolve(endpoint + ".json"), answer(Implementation.SERVICE, endpoint));
    }
  }

  private void checkAnswers(Implementation implementation) {
    for (Endpoint endpoint : implementation.endpoints()) {
      String expected = comparable(answer(Implementation.SERVICE, endpoint));
      String actual = comparable(answer(implementation, endpoint));
      if (!expected.equals(actual)) {
        throw new IllegalStateException(
            implementation + " answers " + actual + " (expected: " + expected + ")");
      }
    }
  }

  /** Without the time of a decision, null members, and what only a document in Redis has. */
  private static String comparable(String answer) {
    return answer
        .replaceAll("\"evaluated_at\":\"[^\"]*\"", "")
        .replaceAll(",\"[a-z_]+\":null", "")
        .replaceAll("\"(schema_version|crc32c)\":[^,]*,", "")
        .replaceAll(",\"loaded_at\":\"[^\"]*\",\"snapshot\":\"[^\"]*\"", "");
  }

  private String answer(Implementation implementation, Endpoint endpoint) {
    return endpoint.answer(service(implementation), implementation.template(endpoint), 1, NUMBER);
  }

  private ServiceProcess service(Implementation implementation) {
    ServiceProcess service = services.get(implementation);
    if (service == null) {
      throw new IllegalStateException(implementation + " does not run");
    }
    return service;
  }

  /**
   * Alternates between the endpoints, so that the JIT compiler does not optimize for one of them.
   * Failures are ignored, because the first loads may time out. Plain JPA needs twice as long.
   */
  private void warmUp(Implementation implementation) {
    System.err.println("Warming up: " + implementation);
    List<Endpoint> measured = endpoints(implementation);
    int turns = 2 * measured.size();
    long seconds = warmup.toSeconds() * (implementation == Implementation.JPA ? 2 : 1);
    for (int turn = 0; turn < turns; turn++) {
      Endpoint endpoint = measured.get(turn % measured.size());
      wrk.run(
          service(implementation),
          endpoint,
          implementation.template(endpoint),
          Duration.ofSeconds(Math.max(1, seconds / turns)));
    }
  }

  private List<Endpoint> endpoints(Implementation implementation) {
    return implementation.endpoints().stream().filter(endpoints::contains).toList();
  }

  private void inRounds(IntConsumer measurement) {
    for (int round = 1; round <= rounds; round++) {
      System.err.println("Round " + round + " of " + rounds);
      measurement.accept(round);
    }
  }

  /** Shuffles the order in each round, so that no implementation always follows the same one. */
  private void measureAll(int round) {
    List<Implementation> order = new ArrayList<>(services.keySet());
    Collections.shuffle(order, new Random(round));
    for (Endpoint endpoint : endpoints) {
      for (Implementation implementation : order) {
        if (implementation.endpoints().contains(endpoint)) {
          measurements.add(endpoint, implementation, measure(implementation, endpoint));
        }
      }
    }
  }

  private void measureOpenLoads(int round) {
    List<Implementation> order = new ArrayList<>(OPEN_LOADED);
    order.retainAll(services.keySet());
    Collections.shuffle(order, new Random(round));
    for (int rate : rates) {
      for (Implementation implementation : order) {
        System.err.println("  " + rate + "/s: " + implementation);
        ServiceProcess service = service(implementation);
        String template = implementation.template(Endpoint.DECISION);
        openLoads.add(rate, implementation, openLoad.run(service, template, rate, openDuration));
      }
    }
  }

  private void requireTraces() {
    if (services.containsKey(Implementation.SERVICE_TRACED) && traces.exports() == 0) {
      throw new IllegalStateException("No traces were exported");
    }
  }

  /** A short run before the measurement refills processor and near caches. */
  private Wrk.Result measure(Implementation implementation, Endpoint endpoint) {
    System.err.println("  " + endpoint + ": " + implementation);
    ServiceProcess service = service(implementation);
    String template = implementation.template(endpoint);
    wrk.run(service, endpoint, template, Duration.ofSeconds(duration.toSeconds() > 5 ? 2 : 1));
    return wrk.run(service, endpoint, template, duration).requireSuccess();
  }

  @Override
  public void close() {
    services.values().forEach(ServiceProcess::close);
    traces.close();
    if (cluster != null) {
      cluster.close();
    }
  }
}
