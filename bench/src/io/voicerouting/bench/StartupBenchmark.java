package io.voicerouting.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Time from the start of the process until it is ready: with the packaged jar, extracted, and with
 * an AOT cache of a training run (JEP 483, 514 and 515).
 */
final class StartupBenchmark {

  private static final Path APPLICATION = ServiceProcess.OUTPUT.resolve("application");
  private static final Path TRAINED = ServiceProcess.OUTPUT.resolve("trained.aot");
  private static final Path AOT_CACHE = ServiceProcess.OUTPUT.resolve("application.aot");
  private static final double TARGET_SECONDS = 4;

  private StartupBenchmark() {}

  /** Runs the benchmark and prints its table. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = new Options(args, "rounds").number("rounds", 5, 1);
    double[] packaged = new double[rounds];
    double[] plain = new double[rounds];
    double[] cached = new double[rounds];
    try (Backends backends = Backends.start(new SampleData(1, 1))) {
      Path extracted = extract();
      train(backends, extracted);
      for (int round = 0; round < rounds; round++) {
        packaged[round] = seconds(backends, ServiceProcess.jar());
        plain[round] = seconds(backends, extracted);
        cached[round] = seconds(backends, extracted, "-XX:AOTCache=" + AOT_CACHE);
      }
    }
    System.out.printf(
        """
        | | seconds |
        |---|--:|
        | `java -jar` as packaged | %.2f |
        | extracted | %.2f |
        | extracted, with an AOT cache of %s MiB (target: ≤ %.1f) | %.2f |
        """,
        Measurements.median(packaged),
        Measurements.median(plain),
        Files.size(AOT_CACHE) >> 20,
        TARGET_SECONDS,
        Measurements.median(cached));
  }

  private static Path extract() throws IOException, InterruptedException {
    Path jar = ServiceProcess.jar();
    int status =
        new ProcessBuilder(
                ServiceProcess.jdkTool("java"),
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--force",
                "--destination",
                APPLICATION.toString())
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("The extraction ended with status " + status);
    }
    return APPLICATION.resolve(jar.getFileName());
  }

  /**
   * Makes the JVM write an AOT cache when it ends, after requests to each endpoint. A copy of the
   * file is measured: an image holds a copy too, and the pages of the original are scattered, which
   * slows the start.
   */
  private static void train(Backends backends, Path jar) throws IOException {
    try (ServiceProcess service = start(backends, jar, "-XX:AOTCacheOutput=" + TRAINED)) {
      for (Endpoint endpoint : Endpoint.values()) {
        endpoint.answer(service, endpoint.template(), 1, SampleData.FIRST_NUMBER);
      }
    }
    Files.copy(TRAINED, AOT_CACHE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static double seconds(Backends backends, Path jar, String... flags) {
    try (ServiceProcess service = start(backends, jar, flags)) {
      return service.startTime().toNanos() / 1e9;
    }
  }

  private static ServiceProcess start(Backends backends, Path jar, String... flags) {
    List<String> command = new ArrayList<>(List.of(flags));
    command.addAll(List.of("-jar", jar.toString()));
    return ServiceProcess.startJava("startup", backends, command);
  }
}
