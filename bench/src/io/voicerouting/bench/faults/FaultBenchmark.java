package io.voicerouting.bench.faults;

import io.voicerouting.bench.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Causes one fault after the other while two instances of the packaged service answer lookups and
 * accept writes, and reports how they answered.
 */
final class FaultBenchmark {

  private FaultBenchmark() {}

  /** Runs the benchmark and prints the tables of docs/faults.md. */
  public static void main(String[] args) throws InterruptedException, IOException {
    Options options = new Options(args, "only", "rate", "warmup");
    Set<Fault> faults = options.only(Fault.class);
    Duration interval = Duration.ofSeconds(1).dividedBy(options.number("rate", 300, 100));
    List<FaultResult> results = new ArrayList<>();
    try (FaultServers servers = new FaultServers()) {
      List<VersionedDocument> documents = FaultData.versionedDocuments(servers.postgres());
      RequestMix mix = new RequestMix(documents); // of all sessions, which share what is cached
      for (Fault.Route route : Fault.Route.values()) {
        List<Fault> ofRoute = faults.stream().filter(fault -> fault.route() == route).toList();
        if (!ofRoute.isEmpty()) {
          try (FaultSession session = new FaultSession(servers, route, documents, mix, interval)) {
            session.start(options.seconds("warmup", 60, 5));
            for (Fault fault : ofRoute) {
              FaultResult result = session.measure(fault);
              System.err.print(FaultReport.rows(result));
              results.add(result);
            }
          }
        }
      }
    }
    System.out.println(new FaultReport(results).markdown());
  }
}
