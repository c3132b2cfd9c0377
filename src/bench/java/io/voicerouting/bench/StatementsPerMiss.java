package io.voicerouting.bench;

import io.voicerouting.cache.CacheKey;
import java.io.IOException;

/** How many SQL statements a miss takes, by Hibernate's count. */
final class StatementsPerMiss {

  private StatementsPerMiss() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    CommandLine options = new CommandLine("bench/statements", args);
    try (LookupService service = new LookupService(false)) {
      CacheKey key = service.evictNext();
      service.evictSchedule(key.organizationId());
      long extension = service.statements(() -> service.extension(key));
      long schedule = service.statements(() -> service.schedule(key.organizationId()));
      options.report(
          "statements",
          """
          ## SQL statements of a miss

          | | statements | wanted |
          |---|--:|--:|
          | extension | %s | 1 |
          | schedule with 10 exceptions and all nested rows | %s | ≤ 3 |
          """
              .formatted(extension, schedule));
    }
  }
}
