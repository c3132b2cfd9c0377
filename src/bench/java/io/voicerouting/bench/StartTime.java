package io.voicerouting.bench;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Time from the start of the process to readiness: the jar as it is packaged, extracted, and with a
 * cache of classes, profiles and methods that a training run has left (JEP 483, 514 and 515).
 */
final class StartTime {

  private static final Path APPLICATION = BenchFiles.TARGET.resolve("application");
  private static final Path TRAINED = BenchFiles.TARGET.resolve("trained.aot");
  private static final Path AOT_CACHE = BenchFiles.TARGET.resolve("application.aot");
  private static final double WANTED_SECONDS = 4;

  private final PostgresInstance postgres;
  private final RedisInstance redis;

  private StartTime(PostgresInstance postgres, RedisInstance redis) {
    this.postgres = postgres;
    this.redis = redis;
  }

  /** Runs it; {@code --rounds=5} starts of each. */
  public static void main(String[] args) throws IOException {
    CommandLine options = new CommandLine("bench/start", args, "rounds");
    int rounds = options.number("rounds", 5, 1);
    try (PostgresInstance postgres = BackingServers.startPostgres();
        RedisInstance redis = BackingServers.startRedis()) {
      StartTime benchmark = new StartTime(postgres, redis);
      Path extracted = benchmark.extract();
      benchmark.train(extracted);
      List<Double> jar = new ArrayList<>();
      List<Double> plain = new ArrayList<>();
      List<Double> cached = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        jar.add(benchmark.seconds(List.of(), BenchFiles.jar()));
        plain.add(benchmark.seconds(List.of(), extracted));
        cached.add(benchmark.seconds(List.of("-XX:AOTCache=" + AOT_CACHE), extracted));
      }
      options.report(
          "start",
          """
          ## Start to ready

          Migrated database, no data; medians of %s starts that took turns.

          | | seconds |
          |---|--:|
          | `java -jar` as packaged | %.2f |
          | extracted | %.2f |
          | extracted, with an AOT cache of %s MiB (wanted: ≤ %.1f, %s) | %.2f |
          """
              .formatted(
                  rounds,
                  median(jar),
                  median(plain),
                  Files.size(AOT_CACHE) >> 20,
                  WANTED_SECONDS,
                  median(cached) <= WANTED_SECONDS ? "met" : "**missed**",
                  median(cached)));
    }
  }

  private static double median(List<Double> seconds) {
    return Medians.of(seconds.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private Path extract() throws IOException {
    BenchFiles.runJava(
        "-Djarmode=tools",
        "-jar",
        BenchFiles.jar().toString(),
        "extract",
        "--force",
        "--destination",
        APPLICATION.toString());
    return APPLICATION.resolve(BenchFiles.jar().getFileName());
  }

  /**
   * The JVM writes the cache when it ends; requests have it know more than the start. What is
   * measured is a copy, as what is shipped is one: Linux keeps in small scattered pieces what the
   * JVM has just written, and processors take longer to find their way in those.
   */
  private void train(Path jar) throws IOException {
    try (ServiceProcess service = start(List.of("-XX:AOTCacheOutput=" + TRAINED), jar)) {
      for (Endpoint endpoint : Endpoint.values()) {
        service.get(endpoint.path(Contestant.SERVICE, 1, "1001"), ServiceProcess.PLATFORM_TOKEN);
      }
    }
    Files.copy(TRAINED, AOT_CACHE, StandardCopyOption.REPLACE_EXISTING);
  }

  private double seconds(List<String> flags, Path jar) {
    try (ServiceProcess service = start(flags, jar)) {
      return service.startTime().toNanos() / 1e9;
    }
  }

  private ServiceProcess start(List<String> more, Path jar) {
    List<String> command = new ArrayList<>(BenchFiles.flags());
    command.addAll(more);
    command.addAll(List.of("-jar", jar.toString()));
    return ServiceProcess.start("start", command, postgres, redis);
  }
}
