package io.voicerouting.bench.faults;

import java.util.List;
import java.util.Locale;

/**
 * How lookups were answered after Redis was empty.
 *
 * @param loads number of loads so far, at the beginning and after each second
 */
record WarmingResult(List<WarmingLoad.Answer> answers, List<Long> loads) {

  private static final double WARM = 0.95;

  String row(String title) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %s | %.0f | %d |",
        title,
        mostLoads(),
        loads.getLast() - loads.getFirst(),
        secondsToWarm(),
        p99Millis(),
        answers.stream().filter(WarmingLoad.Answer::failed).count());
  }

  private long mostLoads() {
    long most = 0;
    for (int i = 1; i < loads.size(); i++) {
      most = Math.max(most, loads.get(i) - loads.get(i - 1));
    }
    return most;
  }

  /** Seconds until the first second from which on 95 % are hits in each second. */
  private String secondsToWarm() {
    int last = answers.stream().mapToInt(WarmingLoad.Answer::second).max().orElse(0);
    for (int second = last; second >= 0; second--) {
      int current = second;
      List<WarmingLoad.Answer> within =
          answers.stream().filter(answer -> answer.second() == current).toList();
      long hits = within.stream().filter(WarmingLoad.Answer::hit).count();
      if (hits < WARM * within.size()) {
        return second == last ? "more than " + last : Integer.toString(second + 1);
      }
    }
    return "0";
  }

  private double p99Millis() {
    long[] sorted = answers.stream().mapToLong(WarmingLoad.Answer::latencyNanos).sorted().toArray();
    return sorted[sorted.length * 99 / 100] / 1e6;
  }
}
