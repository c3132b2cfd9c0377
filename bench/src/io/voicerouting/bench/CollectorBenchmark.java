package io.voicerouting.bench;

import io.voicerouting.testing.ShippedSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Pauses of the garbage collector and latencies of warm decisions at a constant rate, with the
 * image's JVM options and with others, within the image's heap. One service process for each set of
 * options; all are loaded in turn in each round.
 */
final class CollectorBenchmark {

  private static final String HEAP = "-Xmx276m"; // 36 % of the image's limit

  /** Later options replace those of the image. */
  private static final List<String> SETS =
      List.of(
          "",
          "-Xmn92m",
          "-Xmn200m",
          "-Xmn160m -XX:MaxTenuringThreshold=3",
          "-Xmn160m -XX:SurvivorRatio=14",
          "-XX:-UseSerialGC -XX:+UseParallelGC -XX:ParallelGCThreads=2",
          "-XX:-UseSerialGC -XX:+UseG1GC",
          "-XX:-UseSerialGC -XX:+UseG1GC -XX:MaxGCPauseMillis=5 -XX:-ClassUnloadingWithConcurrentMark",
          "-XX:-UseSerialGC -XX:+UseShenandoahGC -XX:ShenandoahGCMode=generational",
          "-XX:+AlwaysPreTouch -Xms276m");

  private final Options options;
  private final OpenLoad load;
  private final Duration duration;

  private CollectorBenchmark(Options options) {
    this.options = options;
    this.load = new OpenLoad(2 * options.connections(), SampleData.STANDARD);
    this.duration = options.seconds("seconds", 12, 3);
  }

  /** Runs the benchmark and prints its table. */
  public static void main(String[] args) {
    Options options =
        new Options(args, "sets", "rate", "rounds", "seconds", "warmup", "connections");
    new CollectorBenchmark(options).run();
  }

  private void run() {
    Map<String, List<OpenLoad.Result>> results = new LinkedHashMap<>();
    Map<String, ServiceProcess> services = new LinkedHashMap<>();
    try (Backends backends = Backends.start(SampleData.STANDARD)) {
      try {
        SETS.stream()
            .limit(options.number("sets", SETS.size(), 2))
            .forEach(set -> services.put(set, start(set, services.size(), backends)));
        for (int round = 0; round < options.number("rounds", 3, 1); round++) {
          services.forEach(
              (set, service) ->
                  results.computeIfAbsent(set, same -> new ArrayList<>()).add(measure(service)));
        }
      } finally {
        services.values().forEach(ServiceProcess::close);
      }
    }
    print(results);
  }

  private ServiceProcess start(String set, int number, Backends backends) {
    List<String> command = new ArrayList<>(List.of("@" + ShippedSettings.JVM_OPTIONS, HEAP));
    Arrays.stream(set.split(" ", -1)).filter(flag -> !flag.isEmpty()).forEach(command::add);
    command.addAll(List.of("-jar", ServiceProcess.jar().toString()));
    ServiceProcess service = ServiceProcess.startJava("collector-" + number, backends, command);
    for (int organization = 1;
        organization <= SampleData.STANDARD.organizations();
        organization++) {
      service.warm(organization);
    }
    new Wrk(options.connections(), SampleData.STANDARD)
        .run(service, Endpoint.DECISION.template(), options.seconds("warmup", 45, 3));
    return service;
  }

  private OpenLoad.Result measure(ServiceProcess service) {
    System.err.println("  " + service.log());
    return load.run(
        service, Endpoint.DECISION.template(), options.number("rate", 5000, 1000), duration);
  }

  private static void print(Map<String, List<OpenLoad.Result>> results) {
    System.out.println(
        "| options, after those of the image | failed | p50 ms | p99 ms | p99.9 ms | worst ms |"
            + " pauses | median pause ms | longest ms | ms of pauses/s |\n|---|"
            + "--:|".repeat(9));
    results.forEach(CollectorBenchmark::printRow);
  }

  private static void printRow(String set, List<OpenLoad.Result> rounds) {
    double[] pauses =
        rounds.stream()
            .flatMap(result -> result.pauses().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    double seconds = rounds.stream().mapToDouble(OpenLoad.Result::seconds).sum();
    System.out.printf(
        Locale.ROOT,
        "| `%s` | %,d | %.2f | %.2f | %.2f | %.2f | %d | %.1f | %.1f | %.2f |%n",
        set,
        rounds.stream().mapToInt(OpenLoad.Result::failures).sum(),
        median(rounds, result -> result.percentile(50)),
        median(rounds, result -> result.percentile(99)),
        median(rounds, result -> result.percentile(99.9)),
        rounds.stream().mapToDouble(OpenLoad.Result::worst).max().orElse(Double.NaN),
        pauses.length,
        Measurements.median(pauses),
        Arrays.stream(pauses).max().orElse(0),
        Arrays.stream(pauses).sum() / seconds);
  }

  private static double median(
      List<OpenLoad.Result> rounds, ToDoubleFunction<OpenLoad.Result> value) {
    return Measurements.median(rounds.stream().mapToDouble(value).toArray());
  }
}
