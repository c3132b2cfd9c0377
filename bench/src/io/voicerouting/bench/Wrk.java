package io.voicerouting.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.voicerouting.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * The load generator {@code wrk} with one thread: a closed loop of a fixed number of connections
 * that request random keys.
 */
record Wrk(int connections, SampleData keys) {

  /**
   * The result of one run.
   *
   * @param failures responses other than 2xx or 3xx, and failed connections
   * @param p50 latency in microseconds, also the other percentiles
   * @param cpu processor time of the service during the run
   */
  record Result(
      long requests,
      double seconds,
      long failures,
      double p50,
      double p99,
      double p999,
      Duration cpu) {

    double requestsPerSecond() {
      return requests / seconds;
    }

    double cpuMicrosPerRequest() {
      return cpu.toNanos() / 1e3 / requests;
    }

    /** Returns this result, or throws {@link IllegalStateException} if any request failed. */
    Result requireSuccess() {
      if (failures > 0 || requests == 0) {
        throw new IllegalStateException(
            failures + " of " + requests + " requests failed (expected: none, and some requests)");
      }
      return this;
    }
  }

  /**
   * Loads a service for a while.
   *
   * @param template of path and query, see {@link Endpoint#template}
   */
  Result run(ServiceProcess service, String template, Duration duration) {
    Duration before = service.processorTime();
    String output =
        output(
            "wrk",
            "--threads=1",
            "--connections=" + connections,
            "--duration=" + duration.toSeconds() + "s",
            "--timeout=10s",
            "--header=Authorization: Bearer " + TestTokens.PLATFORM,
            "--script=bench/src/random-keys.lua",
            service.url(),
            "--",
            template,
            Integer.toString(keys.organizations()),
            Integer.toString(SampleData.FIRST_NUMBER),
            Integer.toString(keys.extensions()));
    Duration cpu = service.processorTime().minus(before);
    String[] fields =
        output
            .lines()
            .filter(line -> line.startsWith("RESULT "))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Output of wrk: " + output))
            .split(" ", -1);
    return new Result(
        Long.parseLong(fields[1]),
        Double.parseDouble(fields[2]) / 1e6,
        Long.parseLong(fields[3]),
        Double.parseDouble(fields[4]),
        Double.parseDouble(fields[5]),
        Double.parseDouble(fields[6]),
        cpu);
  }

  private static String output(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
