package io.voicerouting.cache.redis;

import io.lettuce.core.RedisException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recommended settings and permissions of each Redis server, which the engine does not need for
 * correct answers. They are read from {@code INFO} and {@code SENTINEL MASTER}, or tried, on each
 * new connection and once a minute; {@code CONFIG} is not used, since managed services refuse it. A
 * setting that no Sentinel reports is unknown and not reported. What is missing is logged once for
 * each server. Thread-safe.
 */
public final class RedisGuards implements Runnable {

  private static final String CHECKS = "routing.cache.redis.guard.checks";
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger("io.voicerouting.cache");

  /** Shortest {@code min-replicas-max-lag}, which Redis counts in whole seconds. */
  private static final Duration SHORTEST_LAG = Duration.ofSeconds(1);

  private final Supplier<Map<String, ConnectionHolder>> primaries;
  private final PrimaryLocator locator;
  private final NanoClock clock;
  private final Set<Missing> warned = new HashSet<>();
  private volatile List<Missing> missing = List.of();
  private Set<RedisConnection> checked = Set.of();
  private final Counter completed;
  private final Counter failed;
  private Deadline next;

  /** A guard, with what to do when it is missing. */
  public enum Guard {
    /** Without it Redis removes entries that are in use. That lowers the hit rate only. */
    MAXMEMORY_POLICY("maxmemory-policy", "set maxmemory-policy noeviction"),
    /** Without it a primary that has lost its replicas accepts evictions, and writers wait. */
    MIN_REPLICAS("min-replicas-to-write", "set min-replicas-to-write 1 and min-replicas-max-lag 1"),
    /** Without it a primary that was cut off still accepts evictions after a promotion. */
    DOWN_AFTER(
        "down-after-milliseconds",
        "set Sentinel's down-after-milliseconds above 1000 and above min-replicas-max-lag"),
    /** Without it documents are loaded and not stored. */
    SCRIPTS("evalsha", "permit eval and evalsha; nothing can be stored, lookups use the database"),
    /** Without these fields other guards cannot be checked. */
    INFO_FIELDS(
        "info", "INFO lacks maxmemory_policy or connected_slaves; settings cannot be checked");

    private final String setting;
    private final String advice;

    Guard(String setting, String advice) {
      this.setting = setting;
      this.advice = advice;
    }

    /** Returns the name of the Redis setting. */
    public String setting() {
      return setting;
    }
  }

  /**
   * A guard that is missing.
   *
   * @param server that lacks it; empty without Redis Cluster
   */
  public record Missing(Guard guard, String server) {

    /** Returns the setting, with the server if there are several. */
    @Override
    public String toString() {
      return guard.setting + (server.isEmpty() ? "" : " (" + server + ")");
    }
  }

  /**
   * @param primaries in use, by name; an empty name if there is only one
   * @param locator finds the primary, and reads the settings of the Sentinels if there are any
   */
  public RedisGuards(
      Supplier<Map<String, ConnectionHolder>> primaries,
      PrimaryLocator locator,
      MeterRegistry registry,
      NanoClock clock) {
    this.primaries = primaries;
    this.locator = locator;
    this.clock = clock;
    this.next = Deadline.after(Duration.ZERO, clock);
    this.completed = registry.counter(CHECKS, "result", "completed");
    this.failed = registry.counter(CHECKS, "result", "failed");
    for (Guard guard : Guard.values()) {
      Gauge.builder("routing.cache.redis.guard.missing", () -> isMissing(guard) ? 1 : 0)
          .tag("guard", guard.setting)
          .description("Whether a recommended setting or permission of Redis is missing: 1 or 0")
          .register(registry);
    }
  }

  /** Returns what was missing at the last check. */
  public List<Missing> missing() {
    return missing;
  }

  private boolean isMissing(Guard guard) {
    return missing.stream().anyMatch(one -> one.guard == guard);
  }

  /** Checks the settings if a connection is new or a minute has passed. Called by one thread. */
  @Override
  public void run() {
    Map<RedisConnection, String> open = new LinkedHashMap<>();
    primaries
        .get()
        .forEach(
            (name, primary) -> {
              RedisConnection connection = primary.connection();
              if (connection != null) {
                open.put(connection, name);
              }
            });
    if (open.isEmpty() || (checked.containsAll(open.keySet()) && !next.passed())) {
      return;
    }
    try {
      List<Missing> found = new ArrayList<>();
      open.forEach(
          (connection, server) ->
              missingOn(connection).forEach(guard -> found.add(new Missing(guard, server))));
      report(List.copyOf(found));
      completed.increment();
      checked = Set.copyOf(open.keySet());
      next = Deadline.after(INTERVAL, clock);
    } catch (CacheUnavailableException | RedisException e) {
      failed.increment();
      LOG.debug("Voice routing cache: Settings of Redis not checked", e);
    }
  }

  private List<Guard> missingOn(RedisConnection connection) {
    Deadline deadline = Deadline.after(TIMEOUT, clock);
    Map<String, String> memory = connection.info("memory", deadline);
    Map<String, String> replication = connection.info("replication", deadline);
    List<SentinelMaster> views = locator.views();
    boolean replicated = // also while all its replicas are down or cut off
        !replication.getOrDefault("connected_slaves", "0").equals("0")
            || views.stream().anyMatch(view -> view.replicas() > 0);
    boolean guarded = replication.containsKey("min_slaves_good_slaves");
    List<Guard> found = new ArrayList<>();
    if (!memory.getOrDefault("maxmemory_policy", "noeviction").equals("noeviction")) {
      found.add(Guard.MAXMEMORY_POLICY);
    }
    if (replicated && !guarded) {
      found.add(Guard.MIN_REPLICAS);
    }
    if (views.stream().anyMatch(view -> view.downAfter().compareTo(SHORTEST_LAG) <= 0)) {
      found.add(Guard.DOWN_AFTER);
    }
    if (!connection.mayRunScripts(deadline)) {
      found.add(Guard.SCRIPTS);
    }
    if (!memory.containsKey("maxmemory_policy") || !replication.containsKey("connected_slaves")) {
      found.add(Guard.INFO_FIELDS);
    }
    return List.copyOf(found);
  }

  private void report(List<Missing> found) {
    missing = found;
    Map<Guard, List<String>> added = new LinkedHashMap<>();
    found.stream()
        .filter(warned::add)
        .forEach(
            one -> added.computeIfAbsent(one.guard, same -> new ArrayList<>()).add(one.server));
    added.forEach(
        (guard, servers) ->
            LOG.warn(
                "Voice routing cache: Redis{} lacks what is recommended: {}",
                servers.contains("") ? "" : " at " + String.join(", ", servers),
                guard.advice));
  }
}
