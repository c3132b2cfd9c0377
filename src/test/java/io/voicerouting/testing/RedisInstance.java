package io.voicerouting.testing;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * A Redis server that keeps data: alone, in a replication, or as a node of a cluster. After a
 * restart it has what {@link #save} last stored, or nothing.
 */
public final class RedisInstance extends RedisProcess {

  private static final Pattern OFFSET = Pattern.compile("(?m)^slave\\d+:.*,offset=(\\d+),");
  private static final String PROBED_KEY = "test-servers:no-such-key";

  private final IntFunction<List<String>> settings;

  private RedisInstance(IntFunction<List<String>> settings) {
    super("redis");
    this.settings = settings;
  }

  static RedisInstance start(String... settings) {
    return start(port -> List.of(settings));
  }

  /** Starts a server whose directives depend on its port. */
  static RedisInstance start(IntFunction<List<String>> settings) {
    RedisInstance redis = new RedisInstance(settings);
    redis.launchOnFreePort();
    return redis;
  }

  @Override
  List<String> settings() {
    List<String> all =
        new ArrayList<>(
            List.of("save \"\"", "maxmemory-policy noeviction", "repl-diskless-sync-delay 0"));
    all.addAll(settings.apply(port()));
    return all;
  }

  /** Stores its data now, for restarts to come. */
  public void save() {
    execute(redis -> redis.save());
  }

  /** {@code master} or {@code slave}, as {@code INFO} names it. */
  public String role() {
    return info("replication", "role");
  }

  /** Whether it is a primary. */
  public boolean isPrimary() {
    return role().equals("master");
  }

  /** Its {@code master_replid}, which is new after every promotion. */
  public String replicationId() {
    return info("replication", "master_replid");
  }

  /** Makes it a primary ({@code REPLICAOF NO ONE}). */
  public void promote() {
    execute(redis -> redis.replicaofNoOne());
  }

  /**
   * Makes it a replica and returns at once. Its data is replaced when it has synchronized, see
   * {@link #awaitSynchronized}.
   *
   * @param port of a server of this machine, which need not exist
   */
  public void replicateFrom(int port) {
    execute(redis -> redis.replicaof("127.0.0.1", port));
  }

  /** Sets the address at which its primary and Sentinels are to reach it. */
  void announce(String host, int port) {
    execute(
        redis ->
            redis.configSet(
                Map.of("replica-announce-ip", host, "replica-announce-port", "" + port)));
    execute(redis -> redis.configRewrite()); // for restarts
  }

  /** Waits until it is a replica with a link to its primary. */
  public void awaitSynchronized() {
    Conditions.await(
        this + " is a synchronized replica",
        () -> info("replication", "master_link_status").equals("up"));
  }

  /** Waits until it is a primary with this number of synchronized replicas. */
  public void awaitReplicas(int replicas) {
    Conditions.await(this + " has " + replicas + " replicas", () -> onlineReplicas() == replicas);
  }

  /** Waits until this number of replicas have received what it was sent so far. */
  public void awaitReplicated(int replicas) {
    long sent = Long.parseLong(info("replication", "master_repl_offset"));
    Conditions.await(
        replicas + " replicas of " + this + " have received all",
        () -> replicaOffsets().filter(received -> received >= sent).count() >= replicas);
  }

  private LongStream replicaOffsets() {
    return OFFSET
        .matcher(execute(redis -> redis.info("replication")))
        .results()
        .mapToLong(replica -> Long.parseLong(replica.group(1)));
  }

  /** How many replicas follow it, of those that have received its data. */
  long onlineReplicas() {
    return execute(redis -> redis.info("replication"))
        .lines()
        .filter(line -> line.startsWith("slave") && line.contains("state=online"))
        .count();
  }

  /**
   * Makes it refuse writes while no replica has acknowledged any for a second: {@code
   * min-replicas-to-write 1} and {@code min-replicas-max-lag 1}.
   */
  public void guardWrites() {
    execute(
        redis ->
            redis.configSet(Map.of("min-replicas-to-write", "1", "min-replicas-max-lag", "1")));
  }

  /** Takes back {@link #guardWrites}. */
  public void unguardWrites() {
    execute(redis -> redis.configSet("min-replicas-to-write", "0"));
  }

  /**
   * Whether it refuses to become a replica. Sentinel demotes a primary that was replaced some time
   * after it has seen it, so that a test that is slow would find a replica.
   */
  public void refuseDemotion(boolean refuses) {
    execute(
        redis ->
            redis.aclSetuser(
                "default",
                refuses
                    ? AclSetuserArgs.Builder.removeCommand(CommandType.SLAVEOF)
                    : AclSetuserArgs.Builder.addCommand(CommandType.SLAVEOF)));
  }

  /** Waits until writes are accepted. */
  public void awaitWritesAccepted() {
    Conditions.await(this + " accepts writes", () -> !refusesWrites());
  }

  /** Whether a write would be refused now, by the guard or because it is a replica. */
  public boolean refusesWrites() {
    try {
      execute(redis -> redis.del(PROBED_KEY));
      return false;
    } catch (RedisCommandExecutionException refusal) {
      return true;
    }
  }

  /** Waits until writes are refused. */
  public void awaitWritesRefused() {
    Conditions.await(this + " refuses writes", this::refusesWrites);
  }
}
