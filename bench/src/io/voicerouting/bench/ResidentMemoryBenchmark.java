package io.voicerouting.bench;

import io.voicerouting.testing.TestTokens;
import java.time.Duration;
import java.util.List;

/** Resident memory of the service at rest, and under load with a full near cache. */
final class ResidentMemoryBenchmark {

  private static final SampleData KEYS = new SampleData(100, 1_000);
  private static final Duration REST = Duration.ofSeconds(10);

  private ResidentMemoryBenchmark() {}

  /** Runs the benchmark and prints its table. */
  public static void main(String[] args) throws InterruptedException {
    Options options = new Options(args, "connections", "seconds");
    try (Backends backends = Backends.start(new SampleData(1, 1))) {
      System.out.println("| near cache max-size | at rest MiB | under load MiB | near entries |");
      System.out.println("|---|--:|--:|--:|");
      for (String maxSize : List.of("64MB", "256MB")) {
        measure(options, maxSize, backends);
      }
    }
  }

  private static void measure(Options options, String maxSize, Backends backends)
      throws InterruptedException {
    List<String> arguments =
        List.of("--routing.cache.near.max-size=" + maxSize, "--routing.cache.near.ttl=5m");
    try (ServiceProcess service = ServiceProcess.start("resident", backends, arguments)) {
      Thread.sleep(REST);
      long atRest = service.residentMebibytes();
      RedisFiller.fill(service, backends.redis(), KEYS);
      new Wrk(options.connections(), KEYS)
          .run(service, Endpoint.EXTENSION.template(), options.seconds("seconds", 60, 20))
          .requireSuccess();
      String entries =
          service.get("/actuator/metrics/routing.cache.near.entries", TestTokens.OPS).body();
      System.out.printf(
          "| %s | %,d | %,d | %s |%n",
          maxSize,
          atRest,
          service.residentMebibytes(),
          entries.replaceAll(".*\"value\":([0-9]+).*", "$1"));
    }
  }
}
