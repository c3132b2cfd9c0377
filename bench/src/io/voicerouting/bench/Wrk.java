package io.voicerouting.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.voicerouting.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The load generator {@code wrk}: a closed loop of a fixed number of connections that request
 * random keys, from one thread; from two for a mix of requests.
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
   * Loads a service with one endpoint for a while.
   *
   * @param template of path and query, see {@link Implementation#template}
   */
  Result run(ServiceProcess service, Endpoint endpoint, String template, Duration duration) {
    String form = endpoint.form();
    return run(
        service,
        duration,
        endpoint.usesIssuedToken() ? service.issuedToken() : TestTokens.PLATFORM,
        1,
        "random-keys.lua",
        List.of(form == null ? template : template + "\n" + form));
  }

  /**
   * Loads a service for a while.
   *
   * @param template of path and query, see {@link Endpoint#template}, and of the form on a second
   *     line if one is posted
   */
  Result run(ServiceProcess service, String template, Duration duration) {
    return run(service, duration, TestTokens.PLATFORM, 1, "random-keys.lua", List.of(template));
  }

  /** Loads a service with lookups and decisions, some of them for extensions that do not exist. */
  Result runMixed(ServiceProcess service, Duration duration) {
    return run(service, duration, TestTokens.PLATFORM, 2, "mixed-requests.lua", List.of());
  }

  private Result run(
      ServiceProcess service,
      Duration duration,
      String token,
      int threads,
      String script,
      List<String> arguments) {
    Duration before = service.processorTime();
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "wrk",
            "--threads=" + threads,
            "--connections=" + connections,
            "--duration=" + duration.toSeconds() + "s",
            "--timeout=10s",
            "--header=Authorization: Bearer " + token,
            "--script=bench/src/" + script,
            service.url(),
            "--"));
    command.addAll(arguments);
    command.add(Integer.toString(keys.organizations()));
    command.add(Integer.toString(SampleData.FIRST_NUMBER));
    command.add(Integer.toString(keys.extensions()));
    String output = output(command);
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

  private static String output(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
