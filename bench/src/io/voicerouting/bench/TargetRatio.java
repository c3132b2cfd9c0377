package io.voicerouting.bench;

import static io.voicerouting.bench.Endpoint.BUSINESS_HOURS;
import static io.voicerouting.bench.Endpoint.DECISION;
import static io.voicerouting.bench.Endpoint.EXTENSION;
import static io.voicerouting.bench.Endpoint.FREESWITCH;
import static io.voicerouting.bench.Endpoint.FREESWITCH_15_KB;
import static io.voicerouting.bench.Endpoint.ISSUED_TOKEN;
import static io.voicerouting.bench.Endpoint.NUMBER;
import static io.voicerouting.bench.Endpoint.RTJSON;
import static io.voicerouting.bench.Implementation.BARE_GET;
import static io.voicerouting.bench.Implementation.BARE_GET_DIRECT;
import static io.voicerouting.bench.Implementation.CACHEABLE;
import static io.voicerouting.bench.Implementation.CONSTANT;
import static io.voicerouting.bench.Implementation.JETCACHE;
import static io.voicerouting.bench.Implementation.JPA;
import static io.voicerouting.bench.Implementation.PLAIN_CONSTANT;
import static io.voicerouting.bench.Implementation.PLAIN_JETCACHE;
import static io.voicerouting.bench.Implementation.SERVICE;
import static io.voicerouting.bench.Implementation.SERVICE_CLUSTER;
import static io.voicerouting.bench.Implementation.SERVICE_CLUSTER_REDIS;
import static io.voicerouting.bench.Implementation.SERVICE_REDIS;
import static io.voicerouting.bench.Metric.CPU;
import static io.voicerouting.bench.Metric.REQUESTS;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A required ratio of the service to a baseline in one run.
 *
 * @param compared the endpoint of the baseline
 * @param bound the least ratio of throughput, or the greatest ratio of processor time
 */
record TargetRatio(
    Endpoint endpoint,
    Metric metric,
    Implementation service,
    Endpoint compared,
    Implementation baseline,
    double bound) {

  private TargetRatio(
      Endpoint endpoint,
      Metric metric,
      Implementation service,
      Implementation baseline,
      double bound) {
    this(endpoint, metric, service, endpoint, baseline, bound);
  }

  private static final List<TargetRatio> ALL =
      List.of(
          new TargetRatio(EXTENSION, REQUESTS, SERVICE, CONSTANT, 0.9),
          new TargetRatio(DECISION, REQUESTS, SERVICE, CONSTANT, 0.9),
          new TargetRatio(EXTENSION, REQUESTS, SERVICE_REDIS, BARE_GET, 0.9),
          new TargetRatio(BUSINESS_HOURS, REQUESTS, SERVICE_REDIS, BARE_GET, 0.9),
          new TargetRatio(DECISION, REQUESTS, SERVICE, CACHEABLE, 3.5),
          new TargetRatio(DECISION, REQUESTS, SERVICE, JETCACHE, 1.2),
          new TargetRatio(DECISION, REQUESTS, SERVICE, JPA, 20),
          new TargetRatio(DECISION, CPU, SERVICE, CONSTANT, 1.3),
          new TargetRatio(DECISION, REQUESTS, SERVICE, PLAIN_CONSTANT, 0.8),
          new TargetRatio(DECISION, CPU, SERVICE, PLAIN_CONSTANT, 1.35),
          new TargetRatio(DECISION, REQUESTS, SERVICE, PLAIN_JETCACHE, 1.1),
          new TargetRatio(DECISION, REQUESTS, SERVICE_REDIS, EXTENSION, BARE_GET_DIRECT, 0.8),
          new TargetRatio(DECISION, REQUESTS, SERVICE_CLUSTER, SERVICE, 0.85),
          new TargetRatio(DECISION, REQUESTS, SERVICE_CLUSTER_REDIS, SERVICE_REDIS, 0.85),
          new TargetRatio(DECISION, CPU, SERVICE_CLUSTER, SERVICE, 1.15),
          new TargetRatio(DECISION, CPU, SERVICE_CLUSTER_REDIS, SERVICE_REDIS, 1.15),
          new TargetRatio(NUMBER, REQUESTS, SERVICE, DECISION, SERVICE, 0.85),
          new TargetRatio(ISSUED_TOKEN, REQUESTS, SERVICE, DECISION, SERVICE, 0.9),
          new TargetRatio(FREESWITCH_15_KB, REQUESTS, SERVICE, FREESWITCH, SERVICE, 0.9),
          new TargetRatio(FREESWITCH_15_KB, REQUESTS, SERVICE, DECISION, SERVICE, 0.9),
          new TargetRatio(RTJSON, REQUESTS, SERVICE, DECISION, SERVICE, 0.9),
          new TargetRatio(FREESWITCH, REQUESTS, SERVICE, DECISION, SERVICE, 0.9));

  /**
   * A Markdown table of all targets whose two implementations were measured: the medians of the
   * rounds' ratios and their quartiles.
   */
  static String markdown(Measurements<Endpoint, Implementation> measurements) {
    return ALL.stream()
        .map(target -> target.row(measurements))
        .collect(
            Collectors.joining("", "| ratio | target | measured | |\n|---|--:|--:|---|\n", ""));
  }

  private String row(Measurements<Endpoint, Implementation> measurements) {
    double[] ratios = measurements.ratios(endpoint, service, compared, baseline, metric);
    if (ratios.length == 0) {
      return "";
    }
    double ratio = Measurements.median(ratios);
    boolean atMost = metric == CPU;
    boolean met = atMost ? ratio <= bound : ratio >= bound;
    return "| %s: %s, %s to %s | %s %.2f | %.2f (%.2f to %.2f) | %s |\n"
        .formatted(
            endpoint,
            metric,
            service,
            compared == endpoint ? baseline : compared,
            atMost ? "≤" : "≥",
            bound,
            ratio,
            ratios[ratios.length / 4],
            ratios[ratios.length - 1 - ratios.length / 4],
            met ? "met" : "**missed**");
  }
}
