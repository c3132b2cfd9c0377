package io.voicerouting.cache.node;

import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.near.TrackingSupervisor;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps an invalidation channel open to each primary. A primary that does not answer does not delay
 * the others. Used by one thread.
 */
public final class NearTracking implements Runnable {

  private final RedisNodes nodes;
  private final List<? extends CachedResource<?>> resources;
  private final Duration maxWait;
  private final NanoClock clock;
  private final Map<RedisNode, TrackingSupervisor> supervisors = new LinkedHashMap<>();

  /**
   * @param maxWait longest wait for one primary before the next run
   */
  public NearTracking(
      RedisNodes nodes,
      List<? extends CachedResource<?>> resources,
      Duration maxWait,
      NanoClock clock) {
    this.nodes = nodes;
    this.resources = resources;
    this.maxWait = maxWait;
    this.clock = clock;
  }

  /** Checks and pings the channels. */
  @Override
  public void run() {
    Deadline end = Deadline.after(maxWait, clock);
    List<RedisNode> served = nodes.all();
    supervisors.entrySet().removeIf(one -> isGone(one.getKey(), one.getValue(), served));
    for (RedisNode node : served) {
      TrackingSupervisor supervisor =
          supervisors.computeIfAbsent(
              node,
              same ->
                  new TrackingSupervisor(
                      node.name(), node.connections(), node.near(), resources, clock));
      if (node.tracking().isIdle()) {
        node.tracking().run(supervisor);
      }
    }
    for (RedisNode node : served) {
      var unused = node.tracking().await(Duration.ofNanos(end.remainingNanos()));
    }
  }

  private static boolean isGone(
      RedisNode node, TrackingSupervisor supervisor, List<RedisNode> served) {
    boolean gone = !served.contains(node) && node.tracking().isIdle();
    if (gone) {
      supervisor.end();
    }
    return gone;
  }

  /** Closes the channels. */
  public void end() {
    supervisors.values().forEach(TrackingSupervisor::end);
  }
}
