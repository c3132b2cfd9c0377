package io.voicerouting.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Breaks one thing after the other while two instances of the packaged service are asked and
 * written to, and reports how they answered.
 */
final class FaultBenchmark {

  private static final Path DOCUMENT = Path.of("docs", "faults.md");
  private static final String TABLES = "<!-- written by bench/faults -->\n";
  private static final Duration RECOVERY = Duration.ofSeconds(6);

  private final FaultOptions options;
  private final FaultServers servers;
  private final List<WrittenCell> cells;
  private final Questions questions;
  private final List<FaultResult> results = new ArrayList<>();

  private FaultBenchmark(FaultOptions options, FaultServers servers) {
    this.options = options;
    this.servers = servers;
    this.cells = FaultData.load(servers.postgres());
    this.questions = new Questions(FaultData.SAMPLES, cells);
  }

  /** Runs it; {@link FaultOptions} says what can be set. */
  public static void main(String[] args) throws IOException {
    CommandLine options = new CommandLine("bench/faults", args, FaultOptions.NAMES);
    try (FaultServers servers = new FaultServers()) {
      FaultBenchmark benchmark = new FaultBenchmark(FaultOptions.of(options), servers);
      for (Fault.Proxied proxied : Fault.Proxied.values()) {
        benchmark.run(proxied);
      }
      String report = options.origin() + "\n\n" + new FaultReport(benchmark.results).markdown();
      System.out.println(report);
      if (options.keeps()) {
        keep(report);
      }
    }
  }

  /** Every lookup, for whoever wants to know when it was that some were slow. */
  private static void write(Fault fault, List<Observation> lookups, long end) {
    Path file =
        BenchFiles.directory(BenchFiles.TARGET.resolve("faults")).resolve(fault.code() + ".csv");
    try {
      Files.write(file, lookups.stream().map(lookup -> lookup.csv(end)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keep(String report) throws IOException {
    String document = Files.readString(DOCUMENT);
    int start = document.indexOf(TABLES);
    if (start < 0) {
      throw new IllegalStateException(DOCUMENT + " (expected: a line " + TABLES.strip() + ")");
    }
    int end = start + TABLES.length();
    Files.writeString(DOCUMENT, document.substring(0, end) + "\n" + report);
  }

  private void run(Fault.Proxied proxied) {
    if (options.faults(proxied).isEmpty()) {
      return;
    }
    List<String> arguments = servers.through(proxied);
    String name = "faults-" + proxied.name().toLowerCase(Locale.ROOT) + "-";
    try (ServiceProcess first = start(name + 1, arguments);
        ServiceProcess second = start(name + 2, arguments)) {
      List<ServiceProcess> instances = List.of(first, second);
      List<RepeatedLines> logs =
          List.of(
              new RepeatedLines(BenchFiles.log(name + 1)),
              new RepeatedLines(BenchFiles.log(name + 2)));
      try (FaultLoad load = new FaultLoad(instances, questions, options.perSecond());
          Follower follower = new Follower(second);
          CellWriter api = new ApiWriter(cells, first, follower);
          CellWriter sql = new SqlWriter(cells, servers.postgres());
          ReadinessProbe readiness = new ReadinessProbe(instances)) {
        load.warmUp();
        load.start();
        api.start();
        sql.start();
        readiness.start();
        ServiceProcess.sleep(options.warmup());
        withoutRedis();
        for (Fault fault : options.faults(proxied)) {
          FaultResult result = observe(fault, instances, load, api, follower, readiness, logs);
          System.err.print(FaultReport.row(result));
          results.add(result);
        }
      }
    }
  }

  /** Part of the warm-up: else whatever fault came first would meet a way that was never gone. */
  private void withoutRedis() {
    servers.redis().pause();
    ServiceProcess.sleep(options.warmup().dividedBy(3));
    servers.redis().resume();
    ServiceProcess.sleep(RECOVERY);
  }

  private ServiceProcess start(String name, List<String> arguments) {
    System.err.println("Starting: " + name);
    List<String> command = new ArrayList<>(BenchFiles.flags());
    command.addAll(List.of("-jar", BenchFiles.jar().toString()));
    command.addAll(arguments);
    return ServiceProcess.start(name, command, servers.postgres(), servers.redis());
  }

  private FaultResult observe(
      Fault fault,
      List<ServiceProcess> instances,
      FaultLoad load,
      CellWriter api,
      Follower follower,
      ReadinessProbe readiness,
      List<RepeatedLines> logs) {
    if (fault == Fault.REDIS_FAILED_OVER) {
      servers.addReplica();
    }
    load.warmUp();
    System.err.println("Breaking: " + fault.title());
    load.take();
    api.take();
    follower.take();
    readiness.take();
    logs.forEach(RepeatedLines::next);
    fault.begin(servers);
    ServiceProcess.sleep(fault.duration());
    fault.end(servers);
    long end = System.nanoTime();
    ServiceProcess.sleep(RECOVERY);
    long last = System.nanoTime();
    load.awaitAnswers(last);
    List<Observation> lookups =
        load.take().stream().filter(lookup -> lookup.startNanos() - last < 0).toList();
    RepeatedLines.Repeated repeated =
        logs.stream()
            .map(RepeatedLines::next)
            .max(Comparator.comparingInt(RepeatedLines.Repeated::times))
            .orElseThrow();
    if (repeated.times() > 1) {
      System.err.println("Repeated " + repeated.times() + " times: " + repeated.text());
    }
    long memory =
        instances.stream().mapToLong(ServiceProcess::residentMebibytes).max().orElseThrow();
    write(fault, lookups, end);
    return new FaultResult(
        fault, lookups, end, api.take(), follower.take(), readiness.take(), repeated, memory);
  }
}
