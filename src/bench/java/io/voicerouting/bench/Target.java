package io.voicerouting.bench;

import static io.voicerouting.bench.Contestant.BARE_GET;
import static io.voicerouting.bench.Contestant.CACHEABLE;
import static io.voicerouting.bench.Contestant.CONSTANT;
import static io.voicerouting.bench.Contestant.JETCACHE;
import static io.voicerouting.bench.Contestant.JPA;
import static io.voicerouting.bench.Contestant.SERVICE;
import static io.voicerouting.bench.Contestant.SERVICE_REDIS;
import static io.voicerouting.bench.Endpoint.BUSINESS_HOURS;
import static io.voicerouting.bench.Endpoint.DECISION;
import static io.voicerouting.bench.Endpoint.EXTENSION;
import static io.voicerouting.bench.HttpResults.Figure.CPU;
import static io.voicerouting.bench.HttpResults.Figure.REQUESTS;

import io.voicerouting.bench.HttpResults.Figure;

/** Ratios within one run that the service is to keep. */
enum Target {
  /** A near hit costs little beside HTTP. */
  EXTENSION_TO_CEILING(SERVICE, CONSTANT, EXTENSION, REQUESTS, 0.90),
  /** So does a decision. */
  DECISION_TO_CEILING(SERVICE, CONSTANT, DECISION, REQUESTS, 0.90),
  /** A hit in Redis costs little beside its round trip. */
  EXTENSION_TO_BARE_GET(SERVICE_REDIS, BARE_GET, EXTENSION, REQUESTS, 0.90),
  /** Also with a large document. */
  BUSINESS_HOURS_TO_BARE_GET(SERVICE_REDIS, BARE_GET, BUSINESS_HOURS, REQUESTS, 0.90),
  /** Against the usual. */
  DECISION_TO_CACHEABLE(SERVICE, CACHEABLE, DECISION, REQUESTS, 3.5),
  /** Against the fastest alternative. */
  DECISION_TO_JETCACHE(SERVICE, JETCACHE, DECISION, REQUESTS, 1.2),
  /** Against no cache. */
  DECISION_TO_JPA(SERVICE, JPA, DECISION, REQUESTS, 20),
  /** In processor time. */
  DECISION_CPU_TO_CEILING(SERVICE, CONSTANT, DECISION, CPU, 1.3);

  private final Contestant one;
  private final Contestant other;
  private final Endpoint endpoint;
  private final Figure figure;
  private final double wanted;

  Target(Contestant one, Contestant other, Endpoint endpoint, Figure figure, double wanted) {
    this.one = one;
    this.other = other;
    this.endpoint = endpoint;
    this.figure = figure;
    this.wanted = wanted;
  }

  /** Of processor time less is better. */
  private boolean isLimit() {
    return figure == CPU;
  }

  /** A row of the table of targets; empty when it was not measured. */
  String row(HttpResults results) {
    Double ours = results.median(one, endpoint, figure);
    Double theirs = results.median(other, endpoint, figure);
    if (ours == null || theirs == null) {
      return "";
    }
    double ratio = ours / theirs;
    boolean met = isLimit() ? ratio <= wanted : ratio >= wanted;
    return "| %s: %s, %s to %s | %s %.2f | %.2f | %s |\n"
        .formatted(
            endpoint.title(),
            figure.title(),
            one.title(),
            other.title(),
            isLimit() ? "≤" : "≥",
            wanted,
            ratio,
            met ? "met" : "**missed**");
  }
}
