package io.voicerouting.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The load generator: one thread that keeps a number of connections busy with requests for random
 * keys. A connection asks again as soon as it is answered.
 */
record Wrk(int connections, SampleData keys) {

  private static final String SCRIPT = "bench/random-keys.lua";

  /**
   * What one run found; latencies in microseconds.
   *
   * @param failures answers that were no success, and connections that failed
   */
  record Result(
      double requestsPerSecond, long requests, long failures, double p50, double p99, double p999) {

    /**
     * Itself.
     *
     * @throws IllegalStateException when any request failed: such figures are of no use
     */
    Result requireSuccess() {
      if (failures > 0 || requests == 0) {
        throw new IllegalStateException(
            failures + " of " + requests + " requests failed (expected: none, and some requests)");
      }
      return this;
    }
  }

  /**
   * Runs for a while.
   *
   * @param path with {@code {org}} and {@code {extension}} where keys go
   */
  Result run(ServiceProcess service, String path, Duration duration) {
    String output =
        output(
            List.of(
                "wrk",
                "--threads=1",
                "--connections=" + connections,
                "--duration=" + duration.toSeconds() + "s",
                "--timeout=10s",
                "--header=Authorization: Bearer " + ServiceProcess.PLATFORM_TOKEN,
                "--script=" + SCRIPT,
                service.url(),
                "--",
                path,
                Integer.toString(keys.organizations()),
                Integer.toString(SampleData.FIRST_NUMBER),
                Integer.toString(keys.extensions())));
    String line =
        output
            .lines()
            .filter(candidate -> candidate.startsWith("RESULT "))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("wrk said: " + output));
    String[] fields = line.split(" ", -1);
    long requests = Long.parseLong(fields[1]);
    return new Result(
        requests * 1e6 / Double.parseDouble(fields[2]),
        requests,
        Long.parseLong(fields[3]),
        Double.parseDouble(fields[4]),
        Double.parseDouble(fields[5]),
        Double.parseDouble(fields[6]));
  }

  private static String output(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw ServiceProcess.interrupted(e);
    }
  }
}
