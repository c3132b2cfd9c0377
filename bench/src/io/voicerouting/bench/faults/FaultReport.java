package io.voicerouting.bench.faults;

import java.util.List;
import java.util.Locale;

/** The tables of docs/faults.md, with figures beyond their targets in bold. */
record FaultReport(List<FaultResult> results) {

  private static final double P99_MILLIS = 300;
  private static final double REFUSAL_MILLIS = 300;
  private static final double SECONDS_TO_NORMAL = 3;
  private static final double PROPAGATION_MILLIS = 10;
  private static final double LONGEST_PROPAGATION_MILLIS = 2000;
  private static final double WRITE_MILLIS = 5000;

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        "| fault | lookups | failed | sent late p99 ms | p99 ms | worst ms | stale | oldest ms | degraded"
            + " | refused misses | slowest refusal ms | normal after s | later |\n"
            + "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    results.forEach(result -> text.append(lookups(result)));
    text.append(
        "\n| fault | writes saved | refused | unknown | slowest ms | shown elsewhere after ms | at most"
            + " | saved though refused | not ready | log line repeated in 1 s | memory MiB |\n"
            + "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    results.forEach(result -> text.append(writes(result)));
    return text.toString();
  }

  /** The rows of one fault. */
  static String rows(FaultResult result) {
    return lookups(result) + writes(result);
  }

  private static String lookups(FaultResult result) {
    boolean ofDatabase = result.fault().isOfDatabase();
    return "| %s | %d | %s | %.0f | %s | %s | %s | %s | %d | %d | %s | %s | %d |\n"
        .formatted(
            result.fault(),
            result.lookups().size(),
            count(result.failed(), 0),
            result.delayP99Millis(),
            figure(result.p99Millis(), ofDatabase ? Double.MAX_VALUE : P99_MILLIS, 0),
            figure(result.worstMillis(), Double.MAX_VALUE, 0),
            count(result.stale(), 0),
            figure(result.oldestMillis(), 2000, 0),
            result.degraded(),
            result.refused(),
            figure(result.slowestRefusalMillis(), REFUSAL_MILLIS, 0),
            figure(result.secondsToNormal(), SECONDS_TO_NORMAL, 1),
            result.laterNotNormal());
  }

  private static String writes(FaultResult result) {
    return "| %s | %d | %d | %s | %s | %s | %s | %s | %s | %s | %d |\n"
        .formatted(
            result.fault(),
            result.writes(DocumentWriter.Outcome.SAVED),
            result.writes(DocumentWriter.Outcome.REFUSED),
            count(result.writes(DocumentWriter.Outcome.UNKNOWN), 0),
            figure(result.slowestWriteMillis(), WRITE_MILLIS, 0),
            figure(result.medianPropagationMillis(), PROPAGATION_MILLIS, 1),
            figure(result.slowestPropagationMillis(), LONGEST_PROPAGATION_MILLIS, 0),
            count(result.phantoms(), 0),
            count(result.notReady(), 0),
            count(result.repeated().times(), 1),
            result.residentMebibytes());
  }

  private static String count(long value, long most) {
    return value > most ? "**" + value + "**" : Long.toString(value);
  }

  private static String figure(double value, double most, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return value > most ? "**" + text + "**" : text;
  }
}
