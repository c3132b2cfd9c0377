package io.voicerouting.cache.node;

import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.Slots;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.cache.support.Worker;
import org.jspecify.annotations.Nullable;

/**
 * A Redis primary in use: the connection to it, trust in it, and the near cache of what was read
 * from it. A primary that does not answer does not delay the others, since each has its own
 * threads.
 */
public final class RedisNode implements AutoCloseable {

  private final String name;
  private final boolean clustered;
  private final ConnectionHolder connections;
  private final Trust trust;
  private final NearCache near;
  private final Worker passes;
  private final Worker tracking;
  private volatile Slots slots;
  private volatile @Nullable String failure; // null: none since the last pass

  /** Creates the only primary, which serves all slots. Its jobs run on the caller's thread. */
  RedisNode(ConnectionHolder connections, Trust trust, NearCache near) {
    this("redis", false, Slots.ALL, connections, trust, near, Worker.inline(), Worker.inline());
  }

  /**
   * Creates a primary of Redis Cluster.
   *
   * @param address its {@code host:port}
   * @param slots that it serves
   */
  RedisNode(
      String address,
      Slots slots,
      ConnectionHolder connections,
      Trust trust,
      NearCache near,
      NanoClock clock) {
    this(
        address,
        true,
        slots,
        connections,
        trust,
        near,
        Worker.onThread("routing-cache-node-" + address, clock),
        Worker.onThread("routing-cache-near-" + address, clock));
  }

  private RedisNode(
      String name,
      boolean clustered,
      Slots slots,
      ConnectionHolder connections,
      Trust trust,
      NearCache near,
      Worker passes,
      Worker tracking) {
    this.name = name;
    this.clustered = clustered;
    this.slots = slots;
    this.connections = connections;
    this.trust = trust;
    this.near = near;
    this.passes = passes;
    this.tracking = tracking;
  }

  /** Returns the name for logs and reports: the address in a cluster. */
  public String name() {
    return name;
  }

  /** Whether it is part of a Redis Cluster. */
  public boolean isClustered() {
    return clustered;
  }

  /** Returns the slots that it serves, as last seen by this instance. */
  public Slots slots() {
    return slots;
  }

  /** Called between relay passes. */
  void serve(Slots others) {
    slots = others;
  }

  /** Records why it could not be used; null if it could. */
  public void recordFailure(@Nullable String cause) {
    failure = cause;
  }

  /** Returns why it could not be used at the last attempt; null if it could. */
  public @Nullable String failure() {
    String cause = failure;
    return cause == null || !clustered ? cause : name + ": " + cause;
  }

  public ConnectionHolder connections() {
    return connections;
  }

  public Trust trust() {
    return trust;
  }

  public NearCache near() {
    return near;
  }

  /** Returns what runs the relay's jobs on this primary. */
  public Worker passes() {
    return passes;
  }

  /** Returns what keeps the near cache's invalidation channel. */
  public Worker tracking() {
    return tracking;
  }

  @Override
  public String toString() {
    return name + " (" + slots.count() + " slots)";
  }

  /** Ends trust, the connection and the threads. */
  @Override
  public void close() {
    trust.revoke();
    connections.close();
    near.clear();
    passes.close();
    tracking.close();
  }
}
