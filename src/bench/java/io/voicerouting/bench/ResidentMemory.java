package io.voicerouting.bench;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Resident memory of the service: at rest, and under load with many entries in the near cache. */
final class ResidentMemory {

  private static final SampleData KEYS = new SampleData(100, 1_000);

  private ResidentMemory() {}

  /** Runs it; {@code --seconds=60} of load. */
  public static void main(String[] args) throws IOException {
    CommandLine options = new CommandLine("bench/resident", args, "connections", "seconds");
    StringBuilder text =
        new StringBuilder(
            """
            ## Resident memory

            Extension lookups over 100,000 cached keys. The near cache is bounded by `routing.cache.near.max-size`, \
            the heap by `-Xmx` (here `%s`).

            | near cache at most | at rest MiB | under load MiB | near entries |
            |---|--:|--:|--:|
            """
                .formatted(String.join(" ", BenchFiles.flags())));
    try (PostgresInstance postgres = BackingServers.startPostgres();
        RedisInstance redis = BackingServers.startRedis()) {
      new SampleData(1, 1).load(postgres);
      for (String maxSize : List.of("64MB", "256MB")) {
        text.append(row(options, maxSize, postgres, redis));
      }
    }
    options.report("resident", text.toString());
  }

  private static String row(
      CommandLine options, String maxSize, PostgresInstance postgres, RedisInstance redis) {
    List<String> command = new ArrayList<>(BenchFiles.flags());
    command.addAll(List.of("-jar", BenchFiles.jar().toString()));
    command.add("--routing.cache.near.max-size=" + maxSize);
    command.add("--routing.cache.near.ttl=5m");
    try (ServiceProcess service = ServiceProcess.start("resident", command, postgres, redis)) {
      ServiceProcess.sleep(Duration.ofSeconds(10));
      long atRest = service.residentMebibytes();
      RedisCopies.fill(service, redis, KEYS);
      Wrk wrk = new Wrk(options.connections(), KEYS);
      Duration duration = Duration.ofSeconds(options.number("seconds", 60, 20));
      wrk.run(service, Endpoint.EXTENSION.path(Contestant.SERVICE), duration).requireSuccess();
      String summary =
          service
              .get("/actuator/metrics/routing.cache.near.entries", ServiceProcess.OPS_TOKEN)
              .body();
      return "| %s | %,d | %,d | %s |\n"
          .formatted(
              maxSize,
              atRest,
              service.residentMebibytes(),
              summary.replaceAll(".*\"value\":([0-9]+).*", "$1"));
    }
  }
}
