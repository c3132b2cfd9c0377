package io.voicerouting.cache.warm;

import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.WarmingState;
import io.voicerouting.cache.lookup.EntryWarmer;
import io.voicerouting.cache.lookup.ResourceKey;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.List;

/**
 * Warms one primary: reads its most requested entries into the near cache and, if Redis is cold,
 * loads those that it does not have. One call of {@link #step} does a small part. Steps throw if
 * Redis or the database fails; the run is over then. Used by one thread.
 */
final class WarmRun {

  /** Most keys that are put into the near cache, which keeps them for half a minute. */
  static final int NEAR_KEYS = 5_000;

  /** Keys that are read at once. */
  static final int READ_BATCH = 200;

  private static final Duration LEASE_RETRY = Duration.ofSeconds(1);
  private static final Duration LEASE_RENEWAL = Duration.ofSeconds(4);

  private final RedisNode node;
  private final Object generation;
  private final Tools tools;
  private List<ResourceKey<?>> keys;
  private WarmingState state = WarmingState.READING;
  private int position;
  private int found;
  private Deadline nextLease;

  /**
   * What all runs use.
   *
   * @param slowPass age of trust, in milliseconds, from which on passes are slow
   */
  record Tools(
      HotKeys hotKeys,
      EntryWarmer warmer,
      BoundedLoads loads,
      WarmLease lease,
      WarmedMarker marker,
      WarmObserver observer,
      long slowPass,
      NanoClock clock) {}

  /**
   * Begins a run.
   *
   * @throws org.springframework.dao.DataAccessException if no keys are known, and cannot be read
   */
  WarmRun(RedisNode node, Tools tools) {
    this.node = node;
    this.generation = node.near().generation();
    this.keys = tools.hotKeys().of(node);
    this.tools = tools;
    this.nextLease = Deadline.after(Duration.ZERO, tools.clock());
  }

  RedisNode node() {
    return node;
  }

  /** Returns the identity of the near cache's content at the beginning. */
  Object generation() {
    return generation;
  }

  WarmingState state() {
    return state;
  }

  /** Whether the next step need not wait for anything. */
  boolean canGoOn() {
    return switch (state) {
      case READING, LOADING -> true;
      case WAITING -> nextLease.passed();
      case PAUSED, IDLE, DISABLED -> false;
    };
  }

  /**
   * Performs the next step.
   *
   * @return whether the run is complete
   */
  boolean step() {
    return switch (state) {
      case READING -> read();
      case WAITING -> await();
      case LOADING, PAUSED -> load();
      case IDLE, DISABLED -> true;
    };
  }

  private boolean read() {
    int end = Math.min(position + READ_BATCH, Math.min(keys.size(), NEAR_KEYS));
    if (position < end && node.near().trusted()) {
      List<ResourceKey<?>> batch = keys.subList(position, end);
      int entries = batch.size() - tools.warmer().read(node, batch).size();
      tools.observer().recordRead(entries);
      found += entries;
      position = end;
      return false;
    }
    if (position > 0) {
      tools.observer().recordReadEnd(found, position);
    }
    state = WarmingState.WAITING;
    return tools.marker().isSet(node);
  }

  private boolean await() {
    if (!nextLease.passed()) {
      return false;
    }
    nextLease = Deadline.after(LEASE_RETRY, tools.clock());
    if (tools.marker().isSet(node)) {
      return true; // another instance has loaded
    }
    if (keys.isEmpty()) {
      return true; // Redis stays cold until an instance has keys to load
    }
    if (!tools.lease().acquire()) {
      return false;
    }
    state = WarmingState.LOADING;
    nextLease = Deadline.after(LEASE_RENEWAL, tools.clock());
    position = 0;
    if (tools.marker().isSet(node)) {
      return true; // another instance has just loaded
    }
    keys = tools.hotKeys().readOf(node);
    if (!keys.isEmpty()) {
      tools.observer().beginLoad(keys.size());
    }
    return false;
  }

  private boolean load() {
    if (!(node.trust().state() instanceof Trust.State.Trusted)) {
      throw new CacheUnavailableException("Redis is not trusted any more");
    }
    if (nextLease.passed()) {
      if (!tools.lease().acquire()) {
        state = WarmingState.WAITING;
        return false;
      }
      nextLease = Deadline.after(LEASE_RENEWAL, tools.clock());
    }
    Long age = node.trust().ageMillis();
    if (age != null && age > tools.slowPass()) {
      state = WarmingState.PAUSED;
      return false;
    }
    state = WarmingState.LOADING;
    if (position == keys.size()) {
      if (!keys.isEmpty()) { // all may have left the table
        tools.marker().set(node);
      }
      return true;
    }
    int end = Math.min(position + tools.loads().batch(), keys.size());
    List<ResourceKey<?>> batch = keys.subList(position, end);
    List<ResourceKey<?>> missing = tools.warmer().read(node, batch);
    tools.observer().recordLoads(batch.size(), tools.loads().run(node, missing));
    position = end;
    return false;
  }

  /** Ends the run, complete or not. */
  void end() {
    if (state == WarmingState.LOADING || state == WarmingState.PAUSED) {
      tools.lease().release();
    }
  }
}
