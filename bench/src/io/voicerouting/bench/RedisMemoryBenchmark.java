package io.voicerouting.bench;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;

/** Redis memory of a cached document, by {@code MEMORY USAGE}. */
final class RedisMemoryBenchmark {

  private static final SampleData DATA = SampleData.STANDARD;

  private RedisMemoryBenchmark() {}

  /** Runs the benchmark and prints its table. */
  public static void main(String[] args) {
    new Options(args);
    try (Backends backends = Backends.start(DATA);
        ServiceProcess service = Implementation.SERVICE_REDIS.start(backends)) {
      RedisClient client =
          RedisClient.create(RedisURI.create(backends.redis().host(), backends.redis().port()));
      try (StatefulRedisConnection<String, String> connection = client.connect()) {
        measure(service, connection.sync());
      } finally {
        client.shutdown();
      }
    }
  }

  private static void measure(ServiceProcess service, RedisCommands<String, String> redis) {
    service.body(Endpoint.EXTENSION.path(1, SampleData.FIRST_NUMBER));
    long before = usedMemory(redis);
    for (int organization = 1; organization <= DATA.organizations(); organization++) {
      service.warm(organization);
    }
    long used = usedMemory(redis) - before;
    System.out.println("| | keys | JSON bytes | bytes in Redis |\n|---|--:|--:|--:|");
    int documents = printRow(redis, "extension", "routing:extension:*");
    documents += printRow(redis, "schedule with 10 exceptions", "routing:business_hours:*");
    printRow(redis, "index of an organization", "routing:index:*");
    System.out.printf(
        "%nGrowth of used_memory: %,d bytes, %,d for each document, indexes included.%n",
        used, used / documents);
  }

  /** Prints averages over all keys that match; returns the number of keys. */
  private static int printRow(RedisCommands<String, String> redis, String title, String pattern) {
    List<String> keys =
        ScanIterator.scan(redis, ScanArgs.Builder.matches(pattern).limit(1000)).stream()
            .distinct()
            .toList();
    double bytes = keys.stream().mapToLong(redis::memoryUsage).average().orElse(0);
    double json =
        keys.stream()
            .filter(key -> redis.type(key).equals("string"))
            .mapToLong(redis::strlen)
            .average()
            .orElse(0);
    System.out.printf("| %s | %,d | %,.0f | %,.0f |%n", title, keys.size(), json, bytes);
    return keys.size();
  }

  private static long usedMemory(RedisCommands<String, String> redis) {
    return redis
        .info("memory")
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length()).strip()))
        .findFirst()
        .orElseThrow();
  }
}
