package io.voicerouting.cache;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Time of a full pass over the kept rows of the outbox: from the first look at a Redis server until
 * it is trusted. Processor time tells what remains on a machine without other work. The rows are
 * done on another reign, as after a failover, so each of them is evicted again.
 */
final class FullPassBenchmark {

  private static final int ROWS = 100_000;
  private static final int ROUNDS = 5;

  private FullPassBenchmark() {}

  /** Runs the benchmark and prints its table. */
  public static void main(String[] args) {
    insertDoneRows();
    System.out.println(
        "| round | rows | ms until Redis is trusted | ms of processor time |\n|--:|--:|--:|--:|");
    for (int round = 1; round <= ROUNDS; round++) {
      try (RedisInstance redis = BackingServers.startRedis();
          EngineInstance instance =
              new EngineInstance(redis, EngineInstance.AS_DEPLOYED, new ManualClock())) {
        long start = System.nanoTime();
        long processor = processorMillis();
        while (!instance.trusted()) {
          instance.round();
        }
        System.out.printf(
            "| %d | %,d | %,d | %,d |%n",
            round, ROWS, (System.nanoTime() - start) / 1_000_000, processorMillis() - processor);
      }
    }
    System.exit(0);
  }

  /** Of this process and of the servers that it has started. */
  private static long processorMillis() {
    return Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .mapToLong(Duration::toMillis)
        .sum();
  }

  private static void insertDoneRows() {
    new JdbcTemplate(CoherenceDatabase.get().dataSource())
        .update(
            "insert into routing_cache_eviction"
                + " (organization_id, resource_type, identifier, done_at, done_on)"
                + " select 1 + n % 1000, 'extension', n::text, clock_timestamp(), '{another}'"
                + " from generate_series(1, ?) n",
            ROWS);
  }
}
