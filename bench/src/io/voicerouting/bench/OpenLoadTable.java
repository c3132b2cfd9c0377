package io.voicerouting.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Results of {@link OpenLoad} over several rounds. */
final class OpenLoadTable {

  private static final int TARGET_RATE = 5000;
  private static final double MOST_TO_SERVLET = 1.5;
  private static final double MOST_TO_OWN_P99 = 3;

  private final Map<Integer, Map<Implementation, List<OpenLoad.Result>>> results = new TreeMap<>();

  void add(int rate, Implementation implementation, OpenLoad.Result result) {
    results
        .computeIfAbsent(rate, key -> new TreeMap<>())
        .computeIfAbsent(implementation, key -> new ArrayList<>())
        .add(result);
  }

  /** A table in Markdown: medians of the rounds, but the worst of all. */
  String markdown() {
    StringBuilder text =
        new StringBuilder(
            "| decision, open loop | rate/s | failed | p50 ms | p99 ms | p99.9 ms | worst ms | GC pauses |"
                + " longest ms |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    results.forEach(
        (rate, rows) ->
            rows.forEach(
                (implementation, rounds) ->
                    text.append(
                        "| %s | %,d | %,d | %.2f | %.2f | %.2f | %.2f | %d | %.1f |\n"
                            .formatted(
                                implementation,
                                rate,
                                rounds.stream().mapToInt(OpenLoad.Result::failures).sum(),
                                median(rounds, result -> result.percentile(50)),
                                median(rounds, result -> result.percentile(99)),
                                median(rounds, result -> result.percentile(99.9)),
                                most(rounds, OpenLoad.Result::worst),
                                rounds.stream().mapToInt(result -> result.pauses().size()).sum(),
                                most(rounds, OpenLoad.Result::longestPause)))));
    return text.append(targets()).toString();
  }

  private String targets() {
    Map<Implementation, List<OpenLoad.Result>> rows = results.getOrDefault(TARGET_RATE, Map.of());
    double p99 = median(rows, Implementation.SERVICE, 99);
    double toServlet = p99 / median(rows, Implementation.PLAIN_SERVLET, 99);
    double toOwn = median(rows, Implementation.SERVICE, 99.9) / p99;
    if (Double.isNaN(toServlet)) {
      return ""; // one of them was not measured
    }
    return """

        At %,d/s: p99 to that of a bare servlet %.2f (target: ≤ %.1f); p99.9 to its own p99 %.2f (target: ≤ %.0f).
        """
        .formatted(TARGET_RATE, toServlet, MOST_TO_SERVLET, toOwn, MOST_TO_OWN_P99);
  }

  private static double median(
      Map<Implementation, List<OpenLoad.Result>> rows, Implementation row, double percent) {
    return median(rows.getOrDefault(row, List.of()), result -> result.percentile(percent));
  }

  private static double median(
      List<OpenLoad.Result> rounds, ToDoubleFunction<OpenLoad.Result> value) {
    return Measurements.median(rounds.stream().mapToDouble(value).toArray());
  }

  private static double most(
      List<OpenLoad.Result> rounds, ToDoubleFunction<OpenLoad.Result> value) {
    return rounds.stream().mapToDouble(value).max().orElse(Double.NaN);
  }
}
