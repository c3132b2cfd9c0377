package io.voicerouting.cache.warm;

import io.voicerouting.cache.WarmingState;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.LogThrottle;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Warms primaries one after the other: at start, after every loss of the near cache, and when Redis
 * has lost everything. Steps are called by one thread.
 */
public final class Warming implements Runnable {

  /** Time between two runs of the task; each run lasts about as long if there is work. */
  public static final Duration INTERVAL = Duration.ofMillis(50);

  /** Shortest time between the beginnings of two runs on one primary. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  /** Time between two renewals of the marker, which also show whether Redis is cold. */
  static final Duration RENEWAL = Duration.ofMinutes(1);

  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final RedisNodes nodes;
  private final WarmRun.Tools tools;
  private final boolean nearEnabled;
  private final NanoClock clock;
  private final LogThrottle failures;
  private final Map<RedisNode, Warmed> warmed = new HashMap<>();
  private final Map<RedisNode, Deadline> nextRuns = new HashMap<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private volatile boolean awaited;
  private @Nullable WarmRun run; // null: none is going on

  /** A primary that has been warmed: for which content of its near cache, until when. */
  private record Warmed(Object generation, Deadline renewal) {}

  Warming(RedisNodes nodes, WarmRun.Tools tools, boolean nearEnabled, NanoClock clock) {
    this.nodes = nodes;
    this.tools = tools;
    this.nearEnabled = nearEnabled;
    this.clock = clock;
    this.failures = new LogThrottle(clock, LOG_INTERVAL);
  }

  /** Takes steps until a short time has passed or there is nothing to do. */
  @Override
  public void run() {
    Deadline slice = Deadline.after(INTERVAL, clock);
    boolean more = true;
    while (more && !slice.passed()) {
      more = step();
    }
  }

  /**
   * Takes one step of the current run, or begins one.
   *
   * @return whether the next step can follow at once
   */
  boolean step() {
    try {
      WarmRun current = run == null ? begin() : run;
      run = current;
      if (current == null) {
        tools.observer().enter(WarmingState.IDLE);
        return false;
      }
      boolean complete = current.step();
      tools.observer().enter(current.state());
      if (complete) {
        finish(current);
      }
      return complete || current.canGoOn();
    } catch (RuntimeException e) { // also an unexpected one: the lease must not be kept for ever
      recordFailure(e);
      end();
      first.countDown();
      return false;
    }
  }

  private void finish(WarmRun complete) {
    warmed.put(complete.node(), new Warmed(complete.generation(), Deadline.after(RENEWAL, clock)));
    end();
  }

  private void end() {
    WarmRun ended = run;
    run = null;
    tools.observer().enter(WarmingState.IDLE);
    if (ended != null) {
      try {
        ended.end();
      } catch (DataAccessException e) {
        recordFailure(e); // the lease ends by itself
      }
    }
  }

  private void recordFailure(RuntimeException cause) {
    if (failures.permits()) {
      tools.observer().recordFailure(cause);
    }
  }

  private @Nullable WarmRun begin() {
    List<RedisNode> all = nodes.all();
    warmed.keySet().retainAll(all);
    nextRuns.keySet().retainAll(all);
    boolean pending = false;
    for (RedisNode node : all) {
      renewMarker(node);
      boolean due = !isWarm(node) && node.connections().connection() != null;
      if (due && isReady(node)) {
        return begin(node);
      }
      pending |= due;
    }
    if (awaited && !pending) {
      first.countDown();
    }
    return null;
  }

  private WarmRun begin(RedisNode node) {
    nextRuns.put(node, Deadline.after(PAUSE, clock));
    WarmRun begun = new WarmRun(node, tools);
    tools.observer().recordKnown(tools.hotKeys().count());
    return begun;
  }

  private boolean isWarm(RedisNode node) {
    Warmed state = warmed.get(node);
    return state != null && state.generation().equals(node.near().generation());
  }

  /** Whether entries can be read, and put into the near cache if there is one. */
  private boolean isReady(RedisNode node) {
    NearCache near = node.near();
    Deadline next = nextRuns.get(node);
    return node.trust().state() instanceof Trust.State.Trusted
        && (!nearEnabled || near.trusted() || near.refusal() != null)
        && (next == null || next.passed());
  }

  /** Renews the marker; without one Redis is cold again. */
  private void renewMarker(RedisNode node) {
    Warmed state = warmed.get(node);
    if (state == null
        || !state.renewal().passed()
        || !(node.trust().state() instanceof Trust.State.Trusted)) {
      return;
    }
    warmed.put(node, new Warmed(state.generation(), Deadline.after(RENEWAL, clock)));
    if (tools.marker().isSet(node)) {
      tools.marker().set(node);
    } else {
      warmed.remove(node);
    }
  }

  /** Ends the run that is going on, so that another instance can load at once. */
  public void stop() {
    end();
  }

  /**
   * Waits until what is connected now is warm, or warming has failed.
   *
   * @return whether that was in time
   */
  public boolean awaitFirst(Duration timeout) throws InterruptedException {
    awaited = true;
    return first.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
