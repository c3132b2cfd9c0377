package io.voicerouting.bench;

/** SQL statements of a cache miss, counted by Hibernate. */
final class StatementCountBenchmark {

  private StatementCountBenchmark() {}

  /** Runs the benchmark and prints its table. */
  public static void main(String[] args) {
    new Options(args);
    try (EmbeddedService service = new EmbeddedService(false)) {
      SampleKeys.Key key = service.nextKey();
      service.evictExtension(key);
      service.evictSchedule(key.organizationId());
      long extension = service.countStatements(() -> service.extension(key));
      long schedule = service.countStatements(() -> service.schedule(key.organizationId()));
      System.out.printf(
          """
          | cache miss | SQL statements | target |
          |---|--:|--:|
          | extension | %s | 1 |
          | schedule with 10 exceptions | %s | ≤ 3 |
          """,
          extension, schedule);
    }
  }
}
