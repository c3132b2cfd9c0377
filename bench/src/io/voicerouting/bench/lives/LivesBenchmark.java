package io.voicerouting.bench.lives;

import io.voicerouting.bench.Options;
import io.voicerouting.cache.CacheTtls;
import java.time.Duration;
import java.util.List;

/** Loads, hits and memory of policies for TTLs. */
final class LivesBenchmark {

  private static final Duration TTL = Duration.ofMinutes(30);
  private static final double NEVER = 1;

  private LivesBenchmark() {}

  /** Runs the benchmark and prints its table. */
  public static void main(String[] args) {
    Options options = new Options(args, "seed", "documents", "lookups", "hours", "warmup", "bytes");
    Duration warmUp = Duration.ofHours(options.number("warmup", 72, 8));
    Duration measured = Duration.ofHours(options.number("hours", 24, 4));
    int bytes = options.number("bytes", 596, 596);
    Workload workload =
        new Workload(
            options.number("seed", 1, 1),
            options.number("documents", 100_000, 10_000),
            options.number("lookups", 50, 50),
            warmUp.plus(measured));
    System.out.println(
        "| policy | loads an hour | of today's | hits % | entries | MB in Redis | stale answers |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|");
    double today = 0;
    for (Simulation.Policy policy : policies()) {
      Simulation.Result result = new Simulation(workload, policy, warmUp, measured).run();
      today = today == 0 ? result.loadsPerHour() : today;
      System.out.printf(
          "| %s | %,.0f | %.2f | %.1f | %,.0f | %.1f | %d |%n",
          policy.title(),
          result.loadsPerHour(),
          result.loadsPerHour() / today,
          100 * result.hitRatio(),
          result.entries(),
          result.entries() * bytes / 1e6,
          result.stale());
    }
    System.out.printf("%n%,d changes in %s.%n", workload.changes().size(), warmUp.plus(measured));
  }

  private static List<Simulation.Policy> policies() {
    return List.of(
        policy("one TTL of 30 min (default)", TTL, NEVER),
        policy("one TTL of 30 min, refreshed ahead at 80 % of it", TTL, 0.8),
        policy("`longest-ttl` 1 h", Duration.ofHours(1), NEVER),
        policy("`longest-ttl` 4 h (recommended)", Duration.ofHours(4), NEVER),
        policy("`longest-ttl` 24 h", Duration.ofHours(24), NEVER));
  }

  private static Simulation.Policy policy(String title, Duration longest, double refreshAt) {
    return new Simulation.Policy(title, new CacheTtls.Ttl(TTL, longest, TTL), refreshAt);
  }
}
