package io.voicerouting.cache.redis;

import io.lettuce.core.RedisException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recommended settings of the Redis server, which the engine does not need for correct answers.
 * They are read from {@code INFO} and {@code SENTINEL MASTER} on each new connection and once a
 * minute; {@code CONFIG} is not used, since managed services refuse it. A setting that no Sentinel
 * reports is unknown and not reported. A missing guard is logged once. Thread-safe.
 */
public final class RedisGuards implements Runnable {

  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration INFO_TIMEOUT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger("io.voicerouting.cache");

  /** Shortest {@code min-replicas-max-lag}, which Redis counts in whole seconds. */
  private static final Duration SHORTEST_LAG = Duration.ofSeconds(1);

  private final Supplier<List<ConnectionHolder>> primaries;
  private final PrimaryLocator locator;
  private final NanoClock clock;
  private final Set<Guard> warned = EnumSet.noneOf(Guard.class);
  private volatile List<Guard> missing = List.of();
  private Set<RedisConnection> checked = Set.of();
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
        "set Sentinel's down-after-milliseconds above 1000 and above min-replicas-max-lag");

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
   * Creates the check.
   *
   * @param primaries in use
   * @param locator finds the primary, and reads the settings of the Sentinels if there are any
   */
  public RedisGuards(
      Supplier<List<ConnectionHolder>> primaries,
      PrimaryLocator locator,
      MeterRegistry registry,
      NanoClock clock) {
    this.primaries = primaries;
    this.locator = locator;
    this.clock = clock;
    this.next = Deadline.after(Duration.ZERO, clock);
    for (Guard guard : Guard.values()) {
      Gauge.builder("routing.cache.redis.guard.missing", () -> missing.contains(guard) ? 1 : 0)
          .tag("guard", guard.setting)
          .description("Whether a recommended setting of Redis is missing: 1 or 0")
          .register(registry);
    }
  }

  /** Returns the guards that were missing at the last check. */
  public List<Guard> missing() {
    return missing;
  }

  /** Checks the settings if a connection is new or a minute has passed. Called by one thread. */
  @Override
  public void run() {
    Set<RedisConnection> open = new HashSet<>();
    for (ConnectionHolder primary : primaries.get()) {
      RedisConnection connection = primary.connection();
      if (connection != null) {
        open.add(connection);
      }
    }
    if (open.isEmpty() || (checked.containsAll(open) && !next.passed())) {
      return;
    }
    try {
      Set<Guard> found = EnumSet.noneOf(Guard.class);
      open.forEach(connection -> found.addAll(missingOn(connection)));
      report(List.copyOf(found));
      checked = open;
      next = Deadline.after(INTERVAL, clock);
    } catch (CacheUnavailableException | RedisException e) {
      LOG.debug("Voice routing cache: Settings of Redis not checked", e);
    }
  }

  private List<Guard> missingOn(RedisConnection connection) {
    Deadline deadline = Deadline.after(INFO_TIMEOUT, clock);
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
    return List.copyOf(found);
  }

  private void report(List<Guard> found) {
    missing = found;
    found.stream()
        .filter(warned::add)
        .forEach(
            guard ->
                LOG.warn(
                    "Voice routing cache: Redis lacks a recommended setting: {}", guard.advice));
  }
}
