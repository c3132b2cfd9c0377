package io.voicerouting.testing;

/**
 * A primary with one replica, without Sentinel. Each server can be promoted, demoted, paused,
 * killed and restarted by its own methods; the methods here are the steps of a failover by hand.
 */
public final class RedisReplication implements AutoCloseable {

  private static final int UNUSED_PORT = 1; // reserved, so nothing listens there

  private final RedisInstance primary;
  private final RedisInstance replica;

  private RedisReplication(RedisInstance primary, RedisInstance replica) {
    this.primary = primary;
    this.replica = replica;
  }

  static RedisReplication start(String... settings) {
    RedisInstance primary = RedisInstance.start(settings);
    RedisInstance replica = RedisInstance.start(settings);
    RedisReplication replication = new RedisReplication(primary, replica);
    replication.attachReplica();
    return replication;
  }

  /** The server that was the primary at the start, whatever it is now. */
  public RedisInstance primary() {
    return primary;
  }

  /** The server that was the replica at the start, whatever it is now. */
  public RedisInstance replica() {
    return replica;
  }

  /** Makes the replica a replica of the primary (again), and waits until it is synchronized. */
  public void attachReplica() {
    replica.replicateFrom(primary.port());
    replica.awaitSynchronized();
    primary.awaitReplicas(1);
  }

  /**
   * Makes the replica a primary. The old primary loses its replica, and otherwise goes on as
   * before.
   */
  public void promoteReplica() {
    replica.promote();
    if (primary.isRunning()) {
      primary.awaitReplicas(0);
    }
  }

  /** Makes the old primary a replica of the promoted one, and waits until it is synchronized. */
  public void demotePrimary() {
    primary.replicateFrom(replica.port());
    primary.awaitSynchronized();
    replica.awaitReplicas(1);
  }

  /** Makes the old primary a replica without a link: it answers reads and refuses writes. */
  public void orphanPrimary() {
    primary.replicateFrom(UNUSED_PORT);
    primary.awaitWritesRefused();
  }

  /** Ends both servers and deletes what they stored. */
  @Override
  public void close() {
    replica.close();
    primary.close();
  }
}
