package io.voicerouting.bench;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was measured, by contestant and endpoint. */
final class HttpResults {

  private final Map<Contestant, Map<Endpoint, List<Sample>>> samples =
      new EnumMap<>(Contestant.class);

  /**
   * One measurement.
   *
   * @param cpuMicros processor time of the service's process per request, in microseconds
   */
  record Sample(Wrk.Result load, double cpuMicros) {}

  /** What is told of each measurement. */
  enum Figure {
    /** Answers per second. */
    REQUESTS("requests/s"),
    /** Half of the answers took no longer, in milliseconds. */
    P50("p50 ms"),
    /** 99 of 100 took no longer, in milliseconds. */
    P99("p99 ms"),
    /** 999 of 1000 took no longer, in milliseconds. */
    P999("p99.9 ms"),
    /** Processor time per request, in microseconds. */
    CPU("CPU µs/request");

    private final String title;

    Figure(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    private double of(Sample sample) {
      return switch (this) {
        case REQUESTS -> sample.load().requestsPerSecond();
        case P50 -> sample.load().p50() / 1e3;
        case P99 -> sample.load().p99() / 1e3;
        case P999 -> sample.load().p999() / 1e3;
        case CPU -> sample.cpuMicros();
      };
    }

    /** In as many digits as matter. */
    String format(double value) {
      return this == REQUESTS || this == CPU
          ? String.format("%,.0f", value)
          : String.format("%.2f", value);
    }
  }

  void add(Contestant contestant, Endpoint endpoint, Sample sample) {
    samples
        .computeIfAbsent(contestant, key -> new EnumMap<>(Endpoint.class))
        .computeIfAbsent(endpoint, key -> new ArrayList<>())
        .add(sample);
  }

  /** The median of all rounds; null when it was not measured. */
  @Nullable Double median(Contestant contestant, Endpoint endpoint, Figure figure) {
    List<Sample> rounds = samples.getOrDefault(contestant, Map.of()).get(endpoint);
    return rounds == null ? null : Medians.of(rounds.stream().mapToDouble(figure::of).toArray());
  }

  /** The median, and how far the rounds were apart; empty when it was not measured. */
  String text(Contestant contestant, Endpoint endpoint, Figure figure) {
    Double median = median(contestant, endpoint, figure);
    if (median == null) {
      return "";
    }
    DoubleSummaryStatistics all =
        samples.getOrDefault(contestant, Map.of()).getOrDefault(endpoint, List.of()).stream()
            .mapToDouble(figure::of)
            .summaryStatistics();
    return figure == Figure.REQUESTS && all.getCount() > 1
        ? "%s (%s to %s)"
            .formatted(
                figure.format(median), figure.format(all.getMin()), figure.format(all.getMax()))
        : figure.format(median);
  }

  /** Those that were measured at an endpoint. */
  List<Contestant> contestants(Endpoint endpoint) {
    return samples.keySet().stream()
        .filter(contestant -> median(contestant, endpoint, Figure.REQUESTS) != null)
        .toList();
  }
}
