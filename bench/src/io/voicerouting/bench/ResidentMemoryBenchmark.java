package io.voicerouting.bench;

import io.voicerouting.testing.ShippedSettings;
import io.voicerouting.testing.TestTokens;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/**
 * Memory of the service with the image's JVM flags in a control group of docker-compose.yml's
 * limit: at rest, and during mixed requests for 40,000 extensions.
 */
final class ResidentMemoryBenchmark {

  private static final SampleData KEYS = new SampleData(100, 400);
  private static final Duration REST = Duration.ofSeconds(10);
  private static final int SAMPLES = 12;
  private static final long MEBIBYTE = 1 << 20;

  /** Parts that the JVM tells of: name of the part, meter and tag of its size. */
  private static final Map<String, String> PARTS =
      Map.of(
          "heap", "jvm.memory.committed?tag=area:heap",
          "class data", "jvm.memory.committed?tag=id:Metaspace",
          "code", "jvm.memory.committed?tag=id:CodeCache",
          "direct buffers", "jvm.buffer.memory.used?tag=id:direct");

  private ResidentMemoryBenchmark() {}

  /** Runs the benchmark and prints its tables; fails if the service was killed. */
  public static void main(String[] args) throws InterruptedException {
    Options options = new Options(args, "connections", "seconds");
    Wrk wrk = new Wrk(options.number("connections", 8, 8), KEYS);
    Duration duration = options.seconds("seconds", 600, 60);
    DataSize limit = ShippedSettings.memoryLimit();
    try (Backends backends = Backends.start(KEYS);
        ControlGroup group = ControlGroup.create(limit);
        ServiceProcess service = ServiceProcess.startShipped("resident", backends, group)) {
      System.out.printf(
          "Limit: %,d MiB; options: %s%n%n",
          limit.toMegabytes(), String.join(" ", ShippedSettings.jvmOptions()));
      System.out.println(
          "| requests | failed | requests/s | MiB now | of it anonymous | MiB at most | at the limit"
              + " | killed | threads |");
      System.out.println("|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
      Thread.sleep(REST);
      long requests = 0;
      long failures = 0;
      print(requests, failures, 0, service, group);
      for (int sample = 0; sample < SAMPLES; sample++) {
        Wrk.Result result = wrk.runMixed(service, duration.dividedBy(SAMPLES));
        requests += result.requests();
        failures += result.failures();
        print(requests, failures, result.requestsPerSecond(), service, group);
      }
      printParts(service);
    }
  }

  private static void print(
      long requests, long failures, double rate, ServiceProcess service, ControlGroup group) {
    System.out.printf(
        "| %,d | %,d | %,.0f | %,d | %,d | %,d | %,d | %,d | %,.0f |%n",
        requests,
        failures,
        rate,
        group.usedMebibytes(),
        group.anonymousMebibytes(),
        group.peakMebibytes(),
        group.timesAtLimit(),
        group.kills(),
        meter(service, "jvm.threads.live"));
  }

  private static void printParts(ServiceProcess service) {
    System.out.printf("%n| part, at the end | MiB |%n|---|--:|%n");
    new TreeMap<>(PARTS)
        .forEach(
            (part, meter) ->
                System.out.printf("| %s | %,.0f |%n", part, meter(service, meter) / MEBIBYTE));
  }

  private static double meter(ServiceProcess service, String meter) {
    String body = service.get("/actuator/metrics/" + meter, TestTokens.OPS).body();
    return JsonMapper.shared().readTree(body).at("/measurements/0/value").doubleValue();
  }
}
