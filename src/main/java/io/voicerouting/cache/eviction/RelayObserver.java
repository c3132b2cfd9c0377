package io.voicerouting.cache.eviction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.voicerouting.cache.CacheSummary;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.EvictionCause;
import io.voicerouting.cache.TrustLevel;
import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.EntryEvents;
import io.voicerouting.cache.support.NanoClock;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Meters, state and log lines of the relay. */
public final class RelayObserver {

  private static final Logger LOG = LoggerFactory.getLogger(RelayObserver.class);

  private final RedisNodes nodes;
  private final EntryEvents events;
  private final NodeMeters nodeMeters;
  private final StateLog states;
  private final Counter completed;
  private final Counter late;
  private final Counter failedInRedis;
  private final Counter failedInDatabase;
  private final Counter adoptions;
  private volatile CacheSummary.Outbox outbox = new CacheSummary.Outbox(0, 0);
  private volatile @Nullable String discoveryFailure; // null: primaries are known

  public RelayObserver(
      MeterRegistry registry,
      RedisNodes nodes,
      DatabaseAvailability availability,
      EntryEvents events,
      NanoClock clock) {
    this.nodes = nodes;
    this.events = events;
    this.nodeMeters = new NodeMeters(registry);
    this.states = new StateLog(availability, clock);
    completed = registry.counter("routing.cache.passes", "result", "completed");
    late = registry.counter("routing.cache.passes", "result", "late");
    failedInRedis = registry.counter("routing.cache.passes", "result", "redis_failed");
    failedInDatabase = registry.counter("routing.cache.passes", "result", "database_failed");
    adoptions = registry.counter("routing.cache.redis.connections");
    Gauge.builder("routing.cache.outbox.backlog", () -> outbox.backlog()).register(registry);
    TimeGauge.builder("routing.cache.outbox.lag", () -> outbox.lagMs(), TimeUnit.MILLISECONDS)
        .register(registry);
    for (TrustLevel level : TrustLevel.values()) {
      Gauge.builder("routing.cache.state", () -> state() == level ? 1 : 0)
          .tag("state", level.code())
          .description("How Redis is used: 1 for the present state, else 0")
          .register(registry);
    }
    for (TrustLevel state : TrustLevel.values()) {
      Gauge.builder("routing.cache.redis.primaries", () -> count(state))
          .tag("state", state.code())
          .description("Redis primaries in this state of trust")
          .register(registry);
    }
    TimeGauge.builder("routing.cache.trust.age", this::trustAge, TimeUnit.MILLISECONDS)
        .register(registry);
  }

  /** Shows the primaries that are in use from now on. */
  void followNodes() {
    nodeMeters.show(nodes.all());
  }

  void recordBacklog(OutboxProbe.Backlog backlog) {
    outbox = new CacheSummary.Outbox(backlog.rows(), backlog.oldestMillis());
  }

  /** Records a pass that got all its replies, perhaps too late to grant trust. */
  void recordPass(RedisNode node) {
    (NodeMeters.state(node) == TrustLevel.TRUSTED ? completed : late).increment();
    node.recordFailure(null);
    discoveryFailure = null;
    states.log(state(), null);
  }

  /**
   * Records that a connection is in use from now on, after a full pass on it.
   *
   * @param rows how many the full pass has evicted
   */
  void recordAdoption(RedisConnection connection, int rows) {
    adoptions.increment();
    String detail = "new connection; the full pass on it evicted " + rows + " keys";
    events.recordLoss(EvictionCause.RECONNECT, null, detail, connection.address());
  }

  void recordRedisFailure(RedisNode node, Exception cause) {
    failedInRedis.increment();
    LOG.debug("Voice routing cache: A pass failed in Redis", cause);
    node.recordFailure(CacheLog.rootCause(cause));
    states.log(state(), cause);
  }

  /** Records that no primary of a Redis Cluster is known. */
  void recordDiscoveryFailure(@Nullable Throwable cause) {
    CacheUnavailableException failure =
        new CacheUnavailableException("No server of the Redis Cluster names a primary", cause);
    discoveryFailure = CacheLog.rootCause(failure);
    states.log(state(), failure);
  }

  void recordDatabaseFailure(Exception cause) {
    failedInDatabase.increment();
    LOG.debug("Voice routing cache: A pass failed in the database", cause);
    states.log(state(), cause);
  }

  public CacheSummary.Outbox outbox() {
    return outbox;
  }

  public CacheSummary.Redis redis() {
    List<CacheSummary.Primary> primaries =
        nodes.all().stream()
            .filter(RedisNode::isClustered)
            .map(
                node ->
                    new CacheSummary.Primary(
                        node.name(),
                        node.slots().count(),
                        NodeMeters.state(node),
                        node.trust().ageMillis()))
            .toList();
    return new CacheSummary.Redis(state(), ageMillis(), primaries);
  }

  /** Returns why primaries could not be used at the last attempt; null if all could. */
  public @Nullable String cause() {
    List<RedisNode> all = nodes.all();
    if (all.isEmpty()) {
      return discoveryFailure;
    }
    List<String> causes = all.stream().map(RedisNode::failure).filter(Objects::nonNull).toList();
    return causes.isEmpty() ? null : String.join("; ", causes);
  }

  /** Returns the worst state of all primaries. */
  private TrustLevel state() {
    return nodes.all().stream()
        .map(NodeMeters::state)
        .max(Comparator.naturalOrder())
        .orElse(TrustLevel.UNAVAILABLE);
  }

  private long count(TrustLevel state) {
    return nodes.all().stream().filter(node -> NodeMeters.state(node) == state).count();
  }

  /** Returns the age of the oldest trust; null if some primary was never trusted. */
  private @Nullable Long ageMillis() {
    long oldest = 0;
    List<RedisNode> all = nodes.all();
    for (RedisNode node : all) {
      Long age = node.trust().ageMillis();
      if (age == null) {
        return null;
      }
      oldest = Math.max(oldest, age);
    }
    return all.isEmpty() ? null : oldest;
  }

  private double trustAge() {
    Long age = ageMillis();
    return age == null ? Double.NaN : age;
  }
}
