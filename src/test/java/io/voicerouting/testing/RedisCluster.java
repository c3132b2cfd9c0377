package io.voicerouting.testing;

import io.lettuce.core.MigrateArgs;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Redis Cluster of three primaries with a replica each. Its servers know each other from their
 * configuration files, which takes less time than {@code CLUSTER MEET}.
 */
public final class RedisCluster implements AutoCloseable {

  /** Name of the user of {@link #uris}, who has only the permissions that the README lists. */
  public static final String USER = "routing";

  /** Password of that user. */
  public static final String PASSWORD = "of-routing";

  private static final String ACL =
      "user "
          + USER
          + " on >"
          + PASSWORD
          + " ~routing:* resetchannels -@all"
          + " +get +set +del +exists +pttl +ping +hello +eval +evalsha +time +zadd +zcard +zrange"
          + " +zrem +zscan +pexpireat +client|info +client|tracking +client|setname +info"
          + " +cluster|info +cluster|slots +cluster|myid +asking +select";

  private static final int PRIMARIES = 3;
  private static final int BUS_PORTS_BELOW = 10_000;
  private static final int MIGRATED_AT_ONCE = 100;
  private static final Duration MIGRATION_TIMEOUT = Duration.ofSeconds(30);

  /** A machine under load may stop for seconds; no replica is to be promoted for that. */
  private static final Duration NODE_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration SHORT_NODE_TIMEOUT = Duration.ofSeconds(2);

  private final List<RedisInstance> servers; // primaries first, then their replicas
  private final List<String> ids;

  private RedisCluster(List<RedisInstance> servers) {
    this.servers = servers;
    this.ids = servers.stream().map(RedisCluster::newId).toList();
  }

  private static String newId(RedisInstance server) {
    return "%040x".formatted(server.port());
  }

  /**
   * Starts a cluster. It is ready when each server reports that it works and each replica has a
   * link.
   *
   * @param settings directives of all servers
   */
  static RedisCluster start(String... settings) {
    List<RedisInstance> servers =
        inParallel(
            IntStream.range(0, 2 * PRIMARIES)
                .mapToObj(i -> job(() -> startServer(settings)))
                .toList());
    RedisCluster cluster = new RedisCluster(servers);
    servers.forEach(RedisInstance::kill);
    cluster.writeConfigurations();
    inParallel(
        servers.stream()
            .map(
                server ->
                    job(
                        () -> {
                          server.restart();
                          return server;
                        }))
            .toList());
    cluster.awaitReady();
    return cluster;
  }

  private static RedisInstance startServer(String... settings) {
    return RedisInstance.start(
        port -> {
          List<String> all =
              new ArrayList<>(
                  List.of(
                      "cluster-enabled yes",
                      "cluster-config-file nodes.conf",
                      "cluster-port " + (port - BUS_PORTS_BELOW),
                      "cluster-node-timeout " + NODE_TIMEOUT.toMillis(),
                      "cluster-replica-validity-factor 0",
                      "cluster-require-full-coverage no",
                      ACL));
          all.addAll(List.of(settings));
          return all;
        });
  }

  private static Supplier<RedisInstance> job(Supplier<RedisInstance> job) {
    return job;
  }

  private static <T> List<T> inParallel(List<Supplier<T>> jobs) {
    return jobs.stream()
        .map(job -> CompletableFuture.supplyAsync(job, Thread::startVirtualThread))
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  private void writeConfigurations() {
    for (RedisInstance server : servers) {
      String lines =
          servers.stream()
              .map(other -> line(other, other.equals(server)))
              .collect(Collectors.joining("\n"));
      try {
        Files.writeString(
            server.directory().resolve("nodes.conf"),
            lines + "\nvars currentEpoch " + PRIMARIES + " lastVoteEpoch 0\n");
      } catch (IOException refusal) {
        throw new UncheckedIOException(refusal);
      }
    }
  }

  private String line(RedisInstance server, boolean myself) {
    int index = servers.indexOf(server);
    int group = index % PRIMARIES;
    boolean primary = index < PRIMARIES;
    String flags = (myself ? "myself," : "") + (primary ? "master -" : "slave " + ids.get(group));
    int port = server.port();
    return "%s 127.0.0.1:%d@%d %s 0 0 %d connected%s"
        .formatted(
            ids.get(index),
            port,
            port - BUS_PORTS_BELOW,
            flags,
            group + 1,
            primary ? " " + slots(group) : "");
  }

  private static String slots(int group) {
    int first = SlotHash.SLOT_COUNT * group / PRIMARIES;
    int end = SlotHash.SLOT_COUNT * (group + 1) / PRIMARIES;
    return first + "-" + (end - 1);
  }

  private void awaitReady() {
    servers.forEach(RedisCluster::awaitWorks);
    servers.stream().skip(PRIMARIES).forEach(RedisInstance::awaitSynchronized);
    servers.stream().limit(PRIMARIES).forEach(primary -> primary.awaitReplicas(1));
  }

  private static void awaitWorks(RedisInstance server) {
    Conditions.await(server + " says that the cluster works", () -> works(server));
  }

  /** Whether a server reports that its cluster works. */
  public static boolean works(RedisInstance server) {
    return server.execute(redis -> redis.clusterInfo()).contains("cluster_state:ok");
  }

  /**
   * Whether, from now on, a replica is promoted when its primary does not answer for two seconds.
   * If not, which is so at first, it is promoted when it is ordered to.
   */
  public void noticeFailures(boolean notices) {
    Duration timeout = notices ? SHORT_NODE_TIMEOUT : NODE_TIMEOUT;
    String millis = Long.toString(timeout.toMillis());
    servers.stream()
        .filter(RedisInstance::isRunning)
        .forEach(
            server -> server.execute(redis -> redis.configSet("cluster-node-timeout", millis)));
  }

  /** All servers; the first three were the primaries at the start. */
  public List<RedisInstance> servers() {
    return servers;
  }

  /** Where the servers listen, with the credentials of a user as the service has one. */
  public List<RedisURI> uris() {
    return servers.stream()
        .map(
            server ->
                RedisURI.builder()
                    .withHost(server.host())
                    .withPort(server.port())
                    .withAuthentication(USER, PASSWORD)
                    .build())
        .toList();
  }

  /** The primary that serves a key, according to a running server. */
  public RedisInstance primaryOf(String key) {
    int slot = SlotHash.getSlot(key);
    return servers.stream()
        .filter(RedisInstance::isRunning)
        .filter(server -> server.isPrimary() && serves(server, slot))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No server serves slot " + slot));
  }

  private boolean serves(RedisInstance server, int slot) {
    String self = idOf(server);
    return server.execute(redis -> redis.clusterSlots()).stream()
        .map(range -> (List<?>) range)
        .filter(range -> (Long) range.get(0) <= slot && slot <= (Long) range.get(1))
        .anyMatch(range -> self.equals(((List<?>) range.get(2)).get(2)));
  }

  /** A slot that a primary serves, other than that of a key. */
  public int otherSlot(RedisInstance primary, String key) {
    return slotsOf(primary).filter(slot -> slot != SlotHash.getSlot(key)).findFirst().orElseThrow();
  }

  /** The slots that a primary serves by its own account. */
  private IntStream slotsOf(RedisInstance primary) {
    String self = idOf(primary);
    return primary.execute(redis -> redis.clusterSlots()).stream()
        .map(range -> (List<?>) range)
        .filter(range -> self.equals(((List<?>) range.get(2)).get(2)))
        .flatMapToInt(
            range ->
                IntStream.rangeClosed(
                    Math.toIntExact((Long) range.get(0)), Math.toIntExact((Long) range.get(1))));
  }

  private String idOf(RedisInstance server) {
    return ids.get(servers.indexOf(server));
  }

  /** Another primary than this one. */
  public RedisInstance otherPrimary(RedisInstance primary) {
    return servers.stream()
        .filter(server -> !server.equals(primary) && server.isRunning() && server.isPrimary())
        .findFirst()
        .orElseThrow();
  }

  /** The server that was the primary of a key at the start, whatever it is now. */
  public RedisInstance homeOf(String key) {
    int slot = SlotHash.getSlot(key);
    int group = 0;
    while (slot >= SlotHash.SLOT_COUNT * (group + 1) / PRIMARIES) {
      group++;
    }
    return servers.get(group);
  }

  /** The other server of a primary's group. */
  public RedisInstance partnerOf(RedisInstance server) {
    return servers.get((servers.indexOf(server) + PRIMARIES) % servers.size());
  }

  /**
   * Promotes the replica of a primary by hand, without anybody's consent, and waits until all
   * servers that run know it.
   *
   * @return the new primary
   */
  public RedisInstance promotePartnerOf(RedisInstance primary) {
    RedisInstance replica = partnerOf(primary);
    replica.execute(redis -> redis.clusterFailover(false, true));
    return awaitPromoted(replica);
  }

  /** Waits until a server is a primary, by its own account and that of the others that run. */
  public RedisInstance awaitPromoted(RedisInstance replica) {
    String id = idOf(replica);
    Conditions.await(
        replica + " is promoted",
        () ->
            replica.isPrimary()
                && servers.stream()
                    .filter(server -> server.isRunning() && knows(server, id))
                    .allMatch(server -> namesPrimary(server, id)));
    return replica;
  }

  private static boolean knows(RedisInstance server, String id) {
    return server.execute(redis -> redis.clusterNodes()).contains(id);
  }

  private static boolean namesPrimary(RedisInstance server, String id) {
    return server
        .execute(redis -> redis.clusterNodes())
        .lines()
        .anyMatch(line -> line.startsWith(id) && line.contains("master"));
  }

  /**
   * Makes a primary deaf to what the others say, for a minute: it does not know them any more. It
   * goes on to serve its slots, also after its replica was promoted.
   */
  public void isolateByForgetting(RedisInstance primary) {
    servers.stream()
        .filter(other -> !other.equals(primary))
        .forEach(other -> primary.execute(redis -> redis.clusterForget(idOf(other))));
  }

  /**
   * Lets an isolated server receive messages of another one again. It becomes a replica if that one
   * serves its slots by now.
   */
  public void rejoin(RedisInstance server, RedisInstance other) {
    server.execute(
        redis ->
            redis.dispatch(
                CommandType.CLUSTER,
                new StatusOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8)
                    .add("MEET")
                    .add("127.0.0.1")
                    .add(other.port())
                    .add(other.port() - BUS_PORTS_BELOW)));
  }

  /** Makes a replica a primary again, by its own decision, and returns when it is one. */
  public void promote(RedisInstance replica) {
    replica.execute(redis -> redis.clusterFailover(false, true));
    Conditions.await(replica + " is a primary", replica::isPrimary);
  }

  /**
   * Has a primary hand over to its replica as an operator does ({@code CLUSTER FAILOVER}): it holds
   * writes back until the replica has received everything.
   *
   * @return the new primary
   */
  public RedisInstance failOver(RedisInstance primary) {
    RedisInstance replica = partnerOf(primary);
    replica.execute(redis -> redis.clusterFailover(false));
    return awaitPromoted(replica);
  }

  /**
   * Copies the keys of a slot to another primary, which no client can notice: the server that
   * serves the slot keeps it, and the other one redirects to it.
   */
  public void copyKeys(int slot, RedisInstance from, RedisInstance to) {
    to.execute(redis -> redis.clusterSetSlotImporting(slot, idOf(from)));
    from.execute(redis -> redis.clusterGetKeysInSlot(slot, Integer.MAX_VALUE))
        .forEach(key -> copyKey(key, from, to));
    to.execute(redis -> redis.clusterSetSlotStable(slot));
  }

  /**
   * Gives a slot to another primary in one step; the server that serves it is in no state of
   * migration. The other primary notifies it, and it then deletes its keys of the slot. Returns
   * when all servers know the new primary.
   */
  public void takeOver(int slot, RedisInstance from, RedisInstance to) {
    to.execute(
        redis ->
            redis.clusterSetSlotImporting(slot, idOf(from))); // so that it notifies all servers
    to.execute(redis -> redis.clusterSetSlotNode(slot, idOf(to)));
    awaitOwner(slot, to);
  }

  /** Begins to move a slot: both servers redirect keys that the first one does not have. */
  public void beginMove(int slot, RedisInstance from, RedisInstance to) {
    to.execute(redis -> redis.clusterSetSlotImporting(slot, idOf(from)));
    from.execute(redis -> redis.clusterSetSlotMigrating(slot, idOf(to)));
  }

  /** Moves the keys of a slot. */
  public void moveKeys(int slot, RedisInstance from, RedisInstance to) {
    boolean more = true;
    while (more) {
      more = moveSomeKeys(slot, from, to);
    }
  }

  /** Moves at most a hundred keys of a slot; returns whether there were any. */
  public boolean moveSomeKeys(int slot, RedisInstance from, RedisInstance to) {
    List<String> keys = from.execute(redis -> redis.clusterGetKeysInSlot(slot, MIGRATED_AT_ONCE));
    if (!keys.isEmpty()) {
      from.execute(
          redis ->
              redis.migrate(
                  "127.0.0.1",
                  to.port(),
                  0,
                  MIGRATION_TIMEOUT.toMillis(),
                  MigrateArgs.Builder.keys(keys).replace()));
    }
    return !keys.isEmpty();
  }

  /** Copies a key to the server that imports its slot, as when the reply to a move is lost. */
  public void copyKey(String key, RedisInstance from, RedisInstance to) {
    from.execute(
        redis ->
            redis.migrate(
                "127.0.0.1",
                to.port(),
                0,
                MIGRATION_TIMEOUT.toMillis(),
                MigrateArgs.Builder.keys(List.of(key)).copy().replace()));
  }

  /** Ends the move of a slot, and waits until all servers know its new primary. */
  public void endMove(int slot, RedisInstance from, RedisInstance to) {
    Consumer<RedisInstance> assign =
        server -> server.execute(redis -> redis.clusterSetSlotNode(slot, idOf(to)));
    assign.accept(to);
    assign.accept(from);
    awaitOwner(slot, to);
  }

  private void awaitOwner(int slot, RedisInstance to) {
    Conditions.await(
        "all servers know the new primary of slot " + slot,
        () ->
            servers.stream()
                .filter(RedisInstance::isRunning)
                .allMatch(server -> owner(server, slot).equals(idOf(to))));
  }

  private static String owner(RedisInstance server, int slot) {
    return server.execute(redis -> redis.clusterSlots()).stream()
        .map(range -> (List<?>) range)
        .filter(range -> (Long) range.get(0) <= slot && slot <= (Long) range.get(1))
        .map(range -> String.valueOf(((List<?>) range.get(2)).get(2)))
        .findFirst()
        .orElse("");
  }

  /** Waits until everything works again: two servers of each group run, one as a replica. */
  public void awaitHealed() {
    for (int group = 0; group < PRIMARIES; group++) {
      RedisInstance one = servers.get(group);
      RedisInstance other = partnerOf(one);
      Conditions.await(
          "one of " + one + " and " + other + " is the replica of the other",
          () -> one.isPrimary() != other.isPrimary());
      RedisInstance replica = one.isPrimary() ? other : one;
      replica.awaitSynchronized();
    }
    servers.forEach(RedisCluster::awaitWorks);
  }

  /** Ends all processes, and deletes what they stored. */
  @Override
  public void close() {
    servers.forEach(ServerProcess::close);
  }
}
