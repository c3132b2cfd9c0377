package io.voicerouting.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Results of several rounds, as tables that have a row for each measured subject.
 *
 * @param <T> the tables, in natural order
 * @param <R> the rows, in natural order
 */
final class Measurements<T extends Comparable<? super T>, R extends Comparable<? super R>> {

  private final Map<T, Map<R, List<Wrk.Result>>> tables = new TreeMap<>();

  void add(T table, R row, Wrk.Result result) {
    tables
        .computeIfAbsent(table, key -> new TreeMap<>())
        .computeIfAbsent(row, key -> new ArrayList<>())
        .add(result);
  }

  /** The median of all rounds; NaN if nothing was measured. */
  double median(T table, R row, Metric metric) {
    return median(values(table, row, metric).toArray());
  }

  /**
   * The ratios of two rows, one for each round: what slows the machine for a while slows both.
   * Sorted; empty if one was not measured.
   */
  double[] ratios(T table, R row, T comparedTable, R compared, Metric metric) {
    double[] values = values(table, row, metric).toArray();
    double[] others = values(comparedTable, compared, metric).toArray();
    return IntStream.range(0, Math.min(values.length, others.length))
        .mapToDouble(round -> values[round] / others[round])
        .sorted()
        .toArray();
  }

  /** The middle value; NaN if there is none. */
  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private DoubleStream values(T table, R row, Metric metric) {
    return tables.getOrDefault(table, Map.of()).getOrDefault(row, List.of()).stream()
        .mapToDouble(metric::of);
  }

  /** The tables in Markdown. */
  String markdown() {
    return tables.keySet().stream().map(this::markdown).collect(Collectors.joining("\n"));
  }

  private String markdown(T table) {
    StringBuilder text = new StringBuilder("| " + table + " |");
    for (Metric metric : Metric.values()) {
      text.append(" ").append(metric).append(" |");
    }
    text.append("\n|---|").append("--:|".repeat(Metric.values().length)).append("\n");
    for (R row : tables.getOrDefault(table, Map.of()).keySet()) {
      text.append("| ").append(row).append(" |");
      for (Metric metric : Metric.values()) {
        text.append(" ").append(cell(table, row, metric)).append(" |");
      }
      text.append("\n");
    }
    return text.toString();
  }

  /** The median; for the throughput also the range over all rounds. */
  private String cell(T table, R row, Metric metric) {
    String median = metric.format(median(table, row, metric));
    DoubleSummaryStatistics all = values(table, row, metric).summaryStatistics();
    return metric == Metric.REQUESTS && all.getCount() > 1
        ? "%s (%s to %s)"
            .formatted(median, metric.format(all.getMin()), metric.format(all.getMax()))
        : median;
  }
}
