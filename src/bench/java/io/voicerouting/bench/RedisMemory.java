package io.voicerouting.bench;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
import io.voicerouting.testing.RedisInstance;
import java.io.IOException;
import java.util.LongSummaryStatistics;

/** What a cached document takes in Redis. */
final class RedisMemory {

  private final RedisCommands<String, String> redis;

  private RedisMemory(RedisCommands<String, String> redis) {
    this.redis = redis;
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    CommandLine options = new CommandLine("bench/redis-memory", args);
    try (PostgresInstance postgres = BackingServers.startPostgres();
        RedisInstance instance = BackingServers.startRedis()) {
      SampleData.STANDARD.load(postgres);
      RedisURI uri = RedisURI.builder().withHost(instance.host()).withPort(instance.port()).build();
      RedisClient client = RedisClient.create(uri);
      try (StatefulRedisConnection<String, String> connection = client.connect();
          ServiceProcess service =
              Contestant.SERVICE_REDIS.start(postgres, instance, BenchFiles.flags())) {
        options.report("redis-memory", new RedisMemory(connection.sync()).measure(service));
      } finally {
        client.shutdown();
      }
    }
  }

  private String measure(ServiceProcess service) {
    service.await(Endpoint.EXTENSION.path(Contestant.SERVICE, 1, "1001"));
    long before = usedMemory();
    for (int organization = 1;
        organization <= SampleData.STANDARD.organizations();
        organization++) {
      service.post("/actuator/routing-cache/" + organization, ServiceProcess.OPS_TOKEN);
    }
    long used = usedMemory() - before;
    return """
        ## Memory of Redis

        %s organizations, warmed. `MEMORY USAGE`: key, value and bookkeeping of Redis; JSON: the value alone.

        | | keys | JSON bytes | bytes in Redis |
        |---|--:|--:|--:|
        | extension | %s |
        | schedule with 10 exceptions | %s |
        | index of an organization | %s |

        All together, by `used_memory`: %,d bytes, %,d for each document, indexes included.
        """
        .formatted(
            SampleData.STANDARD.organizations(),
            row("routing:extension:*", true),
            row("routing:business_hours:*", true),
            row("routing:index:*", false),
            used,
            used / (keys("routing:extension:*") + keys("routing:business_hours:*")));
  }

  private String row(String pattern, boolean document) {
    LongSummaryStatistics lengths = new LongSummaryStatistics();
    LongSummaryStatistics bytes = new LongSummaryStatistics();
    ScanIterator.scan(redis, ScanArgs.Builder.matches(pattern).limit(1000))
        .forEachRemaining(
            key -> {
              bytes.accept(redis.memoryUsage(key));
              if (document) {
                lengths.accept(redis.strlen(key));
              }
            });
    return "%,d | %s | %,.0f"
        .formatted(
            bytes.getCount(),
            document ? "%,.0f".formatted(lengths.getAverage()) : "",
            bytes.getAverage());
  }

  private long keys(String pattern) {
    return ScanIterator.scan(redis, ScanArgs.Builder.matches(pattern).limit(1000)).stream().count();
  }

  private long usedMemory() {
    return redis
        .info("memory")
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length()).strip()))
        .findFirst()
        .orElseThrow();
  }
}
