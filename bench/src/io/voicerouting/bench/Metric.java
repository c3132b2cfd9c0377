package io.voicerouting.bench;

import java.util.function.ToDoubleFunction;

/** The metrics of a run of {@link Wrk}. */
@SuppressWarnings("ImmutableEnumChecker") // the functions hold no state
enum Metric {
  /** Throughput. */
  REQUESTS("requests/s", "%,.0f", Wrk.Result::requestsPerSecond),
  /** Median latency. */
  P50("p50 ms", "%.2f", result -> result.p50() / 1e3),
  /** 99th percentile of latency. */
  P99("p99 ms", "%.2f", result -> result.p99() / 1e3),
  /** 99.9th percentile of latency. */
  P999("p99.9 ms", "%.2f", result -> result.p999() / 1e3),
  /** Processor time of the service, user and system. */
  CPU("CPU µs/request", "%,.0f", Wrk.Result::cpuMicrosPerRequest);

  private final String title;
  private final String format;
  private final ToDoubleFunction<Wrk.Result> function;

  Metric(String title, String format, ToDoubleFunction<Wrk.Result> function) {
    this.title = title;
    this.format = format;
    this.function = function;
  }

  double of(Wrk.Result result) {
    return function.applyAsDouble(result);
  }

  String format(double value) {
    return String.format(format, value);
  }

  @Override
  public String toString() {
    return title;
  }
}
