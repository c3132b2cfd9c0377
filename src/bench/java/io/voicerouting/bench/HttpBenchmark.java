package io.voicerouting.bench;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
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

/**
 * Measures the service over HTTP beside what it is compared with. All of them run at once; in each
 * round they take turns under load, so that what else the machine does hits all alike.
 */
final class HttpBenchmark {

  private static final String NUMBER = "1002";

  private final HttpOptions options;
  private final Wrk wrk;
  private final Map<Contestant, ServiceProcess> services = new EnumMap<>(Contestant.class);

  private HttpBenchmark(HttpOptions options) {
    this.options = options;
    this.wrk = new Wrk(options.connections(), SampleData.STANDARD);
  }

  /** Runs it; {@link HttpOptions} says what can be set. */
  public static void main(String[] args) throws IOException {
    CommandLine commandLine = new CommandLine("bench/http", args, HttpOptions.NAMES);
    HttpOptions options = HttpOptions.of(commandLine);
    HttpBenchmark benchmark = new HttpBenchmark(options);
    HttpResults results;
    try (PostgresInstance postgres = BackingServers.startPostgres();
        RedisInstance redis = BackingServers.startRedis()) {
      SampleData.STANDARD.load(postgres);
      try {
        results = benchmark.run(postgres, redis);
      } finally {
        benchmark.services.values().forEach(ServiceProcess::close);
      }
    }
    Path chart = (commandLine.keeps() ? BenchFiles.KEPT : BenchFiles.TARGET).resolve("http.png");
    new HttpChart(results).write(chart);
    System.out.println("Plot: " + chart);
    commandLine.report("http", new HttpReport(results, options).markdown());
  }

  private HttpResults run(PostgresInstance postgres, RedisInstance redis) throws IOException {
    for (Contestant contestant : options.contestants()) {
      progress("Starting: " + contestant.title());
      services.put(contestant, contestant.start(postgres, redis, BenchFiles.flags()));
      if (contestant == Contestant.SERVICE) {
        recordAnswers();
      }
    }
    fillRedis();
    services.keySet().forEach(this::checkAnswers);
    services.keySet().forEach(this::warmUp);
    HttpResults results = new HttpResults();
    for (int round = 1; round <= options.rounds(); round++) {
      progress("Round " + round + " of " + options.rounds());
      measureAll(results, round);
    }
    return results;
  }

  /** The bare {@code GET} loads nothing; all that it will ask for must be there. */
  private void fillRedis() {
    for (int org = 1; org <= SampleData.STANDARD.organizations(); org++) {
      ServiceProcess.Answer answer =
          service(Contestant.SERVICE)
              .post("/actuator/routing-cache/" + org, ServiceProcess.OPS_TOKEN);
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("Warming organization " + org + ": " + answer);
      }
    }
  }

  /** What the constant answer is to be, and others are checked against. */
  private void recordAnswers() throws IOException {
    Path directory = BenchFiles.directory(BenchFiles.TARGET.resolve("answers"));
    for (Endpoint endpoint : Endpoint.values()) {
      Files.writeString(
          directory.resolve(endpoint.title() + ".json"), answer(Contestant.SERVICE, endpoint));
    }
  }

  /** What is asked at different times differs in the time of evaluation, and in nothing else. */
  private void checkAnswers(Contestant contestant) {
    for (Endpoint endpoint : Endpoint.values()) {
      if (contestant.answers(endpoint)) {
        String expected = comparable(answer(Contestant.SERVICE, endpoint));
        String actual = comparable(answer(contestant, endpoint));
        if (!expected.equals(actual)) {
          throw new IllegalStateException(
              contestant.title() + " answers " + actual + " (expected: " + expected + ")");
        }
      }
    }
  }

  private static String comparable(String answer) {
    return answer
        .replaceAll("\"evaluated_at\":\"[^\"]*\"", "")
        .replace("\"schema_version\":1,", "");
  }

  private String answer(Contestant contestant, Endpoint endpoint) {
    return service(contestant).await(endpoint.path(contestant, 1, NUMBER));
  }

  private ServiceProcess service(Contestant contestant) {
    ServiceProcess service = services.get(contestant);
    if (service == null) {
      throw new IllegalStateException(contestant.title() + " does not run");
    }
    return service;
  }

  /**
   * Endpoints take turns in this, too: the compiler must not settle for one of them. Failures do
   * not count yet: first loads may take too long.
   */
  private void warmUp(Contestant contestant) {
    progress("Warming up: " + contestant.title());
    List<Endpoint> endpoints = contestant.endpoints();
    Duration whole = options.warmup(contestant);
    int turns = 2 * endpoints.size();
    for (int turn = 0; turn < turns; turn++) {
      Endpoint endpoint = endpoints.get(turn % endpoints.size());
      Duration one = Duration.ofSeconds(Math.max(1, whole.toSeconds() / turns));
      wrk.run(service(contestant), endpoint.path(contestant), one);
    }
  }

  /** Each round has an order of its own, so that nobody always comes after the same. */
  private void measureAll(HttpResults results, int round) {
    List<Contestant> order = new ArrayList<>(services.keySet());
    Collections.shuffle(order, new Random(round));
    for (Endpoint endpoint : Endpoint.values()) {
      for (Contestant contestant : order) {
        if (contestant.answers(endpoint)) {
          results.add(contestant, endpoint, measure(contestant, endpoint));
        }
      }
    }
  }

  private HttpResults.Sample measure(Contestant contestant, Endpoint endpoint) {
    progress("  " + endpoint.title() + ": " + contestant.title());
    ServiceProcess service = service(contestant);
    String path = endpoint.path(contestant);
    wrk.run(service, path, options.leadIn());
    Duration before = service.processorTime();
    Wrk.Result result = wrk.run(service, path, options.duration()).requireSuccess();
    Duration used = service.processorTime().minus(before);
    return new HttpResults.Sample(result, used.toNanos() / 1e3 / result.requests());
  }

  private static void progress(String message) {
    System.err.println(message);
  }
}
