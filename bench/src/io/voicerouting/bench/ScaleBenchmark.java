package io.voicerouting.bench;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisCluster;
import io.voicerouting.testing.RedisInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What instances cost PostgreSQL and Redis without a lookup: at rest, and while rows are changed by
 * SQL. On one Redis server and on a Redis Cluster of three primaries.
 */
final class ScaleBenchmark {

  private static final SampleData DATA = new SampleData(100, 10);
  private static final int[] INSTANCES = {1, 2, 4};
  private static final int WRITES_PER_SECOND = 50;
  private static final Duration SETTLE = Duration.ofSeconds(15);
  private static final long MILLIS_PER_TICK = 10; // of /proc: USER_HZ is 100 on Linux
  private static final int UTIME = 11; // fields of /proc/PID/stat after the name
  private static final int STIME = 12;

  private final Backends backends;
  private final JdbcClient database;
  private final Duration duration;

  private ScaleBenchmark(Backends backends, Duration duration) {
    this.backends = backends;
    this.database =
        JdbcClient.create(
            new SingleConnectionDataSource(
                backends.postgres().jdbcUrl(),
                backends.postgres().username(),
                backends.postgres().password(),
                true));
    this.duration = duration;
  }

  /** Runs the benchmark and prints its table. */
  public static void main(String[] args) throws InterruptedException {
    Options options = new Options(args, "seconds");
    Duration duration = options.seconds("seconds", 30, 5);
    System.out.println(
        "| Redis | instances | changes/s | transactions/s | PostgreSQL CPU ms/s | Redis commands/s"
            + " | Redis CPU ms/s | CPU ms/s of an instance |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|");
    try (Backends backends = Backends.start(DATA);
        RedisCluster cluster = BackingServers.startRedisCluster()) {
      ScaleBenchmark benchmark = new ScaleBenchmark(backends, duration);
      benchmark.run("one server", List.of(backends.redis()), List.of());
      List<RedisInstance> primaries =
          cluster.servers().stream().filter(RedisInstance::isPrimary).toList();
      benchmark.run(
          "three primaries", primaries, List.of("--REDIS_CLUSTER_NODES=" + nodes(primaries)));
    }
  }

  private static String nodes(List<RedisInstance> servers) {
    return servers.stream()
        .map(server -> server.host() + ":" + server.port())
        .collect(Collectors.joining(","));
  }

  private void run(String redis, List<RedisInstance> primaries, List<String> arguments)
      throws InterruptedException {
    List<ServiceProcess> services = new ArrayList<>();
    try {
      for (int count : INSTANCES) {
        while (services.size() < count) {
          services.add(ServiceProcess.start("scale-" + services.size(), backends, arguments));
        }
        Thread.sleep(SETTLE);
        for (int writesPerSecond : new int[] {0, WRITES_PER_SECOND}) {
          measure(redis, primaries, services, writesPerSecond);
        }
      }
    } finally {
      services.forEach(ServiceProcess::close);
    }
  }

  private void measure(
      String redis,
      List<RedisInstance> primaries,
      List<ServiceProcess> services,
      int writesPerSecond)
      throws InterruptedException {
    Usage before = Usage.now(database, primaries, services);
    write(writesPerSecond);
    Usage used = Usage.now(database, primaries, services).minus(before);
    double seconds = duration.toNanos() / 1e9;
    System.out.printf(
        "| %s | %d | %d | %.1f | %.1f | %.0f | %.1f | %.1f |%n",
        redis,
        services.size(),
        writesPerSecond,
        used.transactions() / seconds,
        used.postgresMillis() / seconds,
        used.commands() / seconds,
        used.redisMillis() / seconds,
        used.serviceMillis() / seconds / services.size());
  }

  /** Changes one row after the other at a constant rate, for the duration. */
  private void write(int perSecond) throws InterruptedException {
    long begin = System.nanoTime();
    long changes = perSecond * duration.toSeconds();
    for (long i = 0; i < changes; i++) {
      TimeUnit.NANOSECONDS.sleep(
          begin + i * TimeUnit.SECONDS.toNanos(1) / perSecond - System.nanoTime());
      database
          .sql("update extensions set display_name = 'Change ' || :i where id = :id")
          .param("i", i)
          .param("id", 1 + i % ((long) DATA.organizations() * DATA.extensions()))
          .update();
    }
    TimeUnit.NANOSECONDS.sleep(begin + duration.toNanos() - System.nanoTime());
  }

  /** What has been used since the servers started; times are processor time. */
  private record Usage(
      long transactions,
      double postgresMillis,
      long commands,
      double redisMillis,
      double serviceMillis) {

    static Usage now(
        JdbcClient database, List<RedisInstance> primaries, List<ServiceProcess> services) {
      long commands = 0;
      double redisMillis = 0;
      for (RedisInstance primary : primaries) {
        String info = info(primary);
        commands += (long) number(info, "total_commands_processed");
        redisMillis += 1000 * (number(info, "used_cpu_user") + number(info, "used_cpu_sys"));
      }
      return new Usage(
          database
              .sql(
                  "select xact_commit + xact_rollback from pg_stat_database"
                      + " where datname = current_database()")
              .query(Long.class)
              .single(),
          database.sql("select pid from pg_stat_activity").query(Long.class).list().stream()
              .mapToLong(Usage::processorMillis)
              .sum(),
          commands,
          redisMillis,
          services.stream().mapToLong(service -> service.processorTime().toMillis()).sum());
    }

    private static String info(RedisInstance server) {
      RedisClient client = RedisClient.create();
      try (StatefulRedisConnection<String, String> connection =
          client.connect(RedisURI.create(server.host(), server.port()))) {
        return connection.sync().info();
      } finally {
        client.shutdown(0, 0, TimeUnit.MILLISECONDS);
      }
    }

    private static double number(String info, String field) {
      return info.lines()
          .filter(line -> line.startsWith(field + ":"))
          .mapToDouble(line -> Double.parseDouble(line.substring(field.length() + 1)))
          .findFirst()
          .orElseThrow();
    }

    private static long processorMillis(long pid) {
      try {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return IntStream.of(UTIME, STIME).mapToLong(i -> Long.parseLong(fields[i])).sum()
            * MILLIS_PER_TICK;
      } catch (NoSuchFileException ended) {
        return 0;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Usage minus(Usage before) {
      return new Usage(
          transactions - before.transactions,
          postgresMillis - before.postgresMillis,
          commands - before.commands,
          redisMillis - before.redisMillis,
          serviceMillis - before.serviceMillis);
    }
  }
}
