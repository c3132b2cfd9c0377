package io.voicerouting.testing;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A primary with two replicas, watched by three Sentinels. Each server is behind a {@link
 * TcpProxy}, which the others and the clients of the Sentinels use, so that a server can be
 * isolated from all of them; the methods of the server itself use its own port.
 */
public final class SentinelGroup implements AutoCloseable {

  /** Name of the group at its Sentinels. */
  public static final String NAME = "routing";

  /** Name of the group of a lone Sentinel. */
  public static final String LONE = "lone";

  private static final String HOST = "127.0.0.1";
  private static final int SERVERS = 3;
  private static final int QUORUM = 2;
  private static final Duration HURRY = Duration.ofMillis(500);

  /**
   * A machine under load may stop for seconds, and with it the proxies; nobody is to be replaced
   * for that. See {@link #noticeFailures}.
   */
  private static final Duration LENIENT = Duration.ofSeconds(30);

  private static final Duration STRICT = Duration.ofSeconds(1);

  /** A Sentinel that publishes so rarely leaves servers of another group as they are. */
  private static final Duration NEVER = Duration.ofMinutes(10);

  private final List<RedisInstance> servers;
  private final Map<Integer, TcpProxy> proxies; // by the port of the server
  private final List<SentinelInstance> sentinels;

  private SentinelGroup(
      List<RedisInstance> servers,
      Map<Integer, TcpProxy> proxies,
      List<SentinelInstance> sentinels) {
    this.servers = servers;
    this.proxies = proxies;
    this.sentinels = sentinels;
  }

  /**
   * Starts a group. It is ready when each Sentinel knows the two replicas and the other Sentinels.
   *
   * @param settings directives of all servers
   */
  static SentinelGroup start(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("repl-timeout 5"); // a link through a proxy may go silent
    all.add("repl-ping-replica-period 1");
    List<RedisInstance> servers =
        inParallel(SERVERS, () -> RedisInstance.start(all.toArray(String[]::new)));
    Map<Integer, TcpProxy> proxies =
        servers.stream()
            .map(RedisInstance::port)
            .collect(Collectors.toUnmodifiableMap(port -> port, TcpProxy::start));
    RedisInstance primary = servers.getFirst();
    int primaryPort = proxy(proxies, primary).port();
    for (RedisInstance server : servers) {
      server.announce(HOST, proxy(proxies, server).port());
    }
    servers.stream().skip(1).forEach(replica -> replica.replicateFrom(primaryPort));
    primary.awaitReplicas(SERVERS - 1);
    List<SentinelInstance> sentinels =
        inParallel(SERVERS, () -> startSentinel(NAME, primaryPort, QUORUM, LENIENT, HURRY));
    SentinelGroup group = new SentinelGroup(servers, proxies, sentinels);
    group.awaitReady();
    return group;
  }

  private static SentinelInstance startSentinel(
      String group,
      int primaryPort,
      int quorum,
      Duration downAfter,
      Duration publishPeriod,
      String... settings) {
    // The time after which a Sentinel makes replicas follow the primary it knows.
    Duration failoverTimeout = publishPeriod.multipliedBy(10);
    List<String> all =
        new ArrayList<>(
            List.of(
                "sentinel monitor " + group + " " + HOST + " " + primaryPort + " " + quorum,
                "sentinel down-after-milliseconds " + group + " " + downAfter.toMillis(),
                "sentinel failover-timeout " + group + " " + failoverTimeout.toMillis(),
                "sentinel parallel-syncs " + group + " 2"));
    all.addAll(List.of(settings));
    SentinelInstance sentinel = SentinelInstance.start(group, all);
    sentinel.publishEvery(publishPeriod);
    return sentinel;
  }

  private static TcpProxy proxy(Map<Integer, TcpProxy> proxies, RedisInstance server) {
    return Objects.requireNonNull(proxies.get(server.port()));
  }

  private static <T> List<T> inParallel(int count, Supplier<T> start) {
    return IntStream.range(0, count)
        .mapToObj(i -> CompletableFuture.supplyAsync(start, Thread::startVirtualThread))
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  /** Waits until each Sentinel knows two replicas, the other Sentinels and a primary that is up. */
  public void awaitReady() {
    for (SentinelInstance sentinel : sentinels) {
      Conditions.await(
          sentinel + " knows the group",
          () -> {
            Map<String, String> master = sentinel.query(commands -> commands.master(NAME));
            return "master".equals(master.get("flags"))
                && "2".equals(master.get("num-slaves"))
                && "2".equals(master.get("num-other-sentinels"));
          });
    }
  }

  /**
   * Whether, from now on, the Sentinels replace a primary that does not answer for a second. If
   * not, which is so at first, they do so when they are ordered to.
   */
  public void noticeFailures(boolean notice) {
    String millis = Long.toString((notice ? STRICT : LENIENT).toMillis());
    sentinels.forEach(
        sentinel ->
            sentinel.query(commands -> commands.set(NAME, "down-after-milliseconds", millis)));
  }

  /** The Sentinels. */
  public List<SentinelInstance> sentinels() {
    return sentinels;
  }

  /** All servers of data, whatever each is now; the first was the primary at the start. */
  public List<RedisInstance> servers() {
    return servers;
  }

  /** The primary that most Sentinels name; waits until they agree. */
  public RedisInstance primary() {
    List<RedisInstance> found = new ArrayList<>();
    Conditions.await(
        "most Sentinels name the same primary",
        () -> {
          servers.stream().filter(this::isNamedByMost).forEach(found::add);
          return !found.isEmpty();
        });
    return found.getFirst();
  }

  private boolean isNamedByMost(RedisInstance server) {
    int port = proxyOf(server).port();
    return sentinels.stream()
            .filter(SentinelInstance::isRunning)
            .filter(sentinel -> primaryPort(sentinel) == port)
            .count()
        > SERVERS / 2;
  }

  private static int primaryPort(SentinelInstance sentinel) {
    return sentinel.query(
        commands -> ((InetSocketAddress) commands.getMasterAddrByName(NAME)).getPort());
  }

  /** The proxy in front of a server, whose port the Sentinels know. */
  public TcpProxy proxyOf(RedisInstance server) {
    return proxy(proxies, server);
  }

  /**
   * Orders a failover ({@code SENTINEL FAILOVER}) and returns at once.
   *
   * @return the primary until now
   */
  public RedisInstance beginFailover() {
    RedisInstance before = primary();
    Conditions.await( // a Sentinel refuses while it has not heard of a replica for seconds
        "a Sentinel begins a failover",
        () -> sentinels.getFirst().query(commands -> commands.failover(NAME)) != null);
    return before;
  }

  /**
   * Waits until most Sentinels name another primary than this one, and it is a primary.
   *
   * @return the new primary
   */
  public RedisInstance awaitOtherPrimary(RedisInstance before) {
    List<RedisInstance> others = servers.stream().filter(other -> !other.equals(before)).toList();
    List<RedisInstance> found = new ArrayList<>();
    Conditions.await(
        "another primary than " + before,
        () -> {
          others.stream()
              .filter(server -> isNamedByMost(server) && server.isPrimary())
              .forEach(found::add);
          return !found.isEmpty();
        });
    return found.getFirst();
  }

  /** Orders a failover and waits for it; see {@link #awaitOtherPrimary}. */
  public RedisInstance failover() {
    return awaitOtherPrimary(beginFailover());
  }

  /** Waits until both replicas have received what the primary was sent so far. */
  public void awaitReplicated() {
    primary().awaitReplicated(SERVERS - 1);
  }

  /**
   * Waits until the group is as at its start, whoever is the primary: it is the only one, most
   * Sentinels name it, two replicas follow it, and all Sentinels know that. Replicas that follow
   * another server are changed to follow it. The primary may change again while this waits.
   *
   * @return the primary
   */
  public RedisInstance awaitWhole() {
    List<RedisInstance> found = new ArrayList<>();
    Conditions.await(
        "a primary with " + (SERVERS - 1) + " replicas",
        () -> {
          List<RedisInstance> primaries =
              servers.stream().filter(RedisInstance::isPrimary).toList();
          if (primaries.size() == 1
              && isNamedByMost(primaries.getFirst())
              && isFollowed(primaries.getFirst())) {
            found.add(primaries.getFirst());
          }
          return !found.isEmpty();
        });
    awaitReady();
    return found.getFirst();
  }

  /** Makes the other servers replicas of this one, if they are not; whether all follow it now. */
  private boolean isFollowed(RedisInstance primary) {
    servers.stream()
        .filter(server -> !server.equals(primary))
        .forEach(server -> server.replicateFrom(proxyOf(primary).port()));
    return primary.onlineReplicas() == SERVERS - 1;
  }

  /** Waits until a server has the role of a replica. */
  public void awaitDemoted(RedisInstance server) {
    Conditions.await(server + " is a replica", () -> !server.isPrimary());
  }

  /**
   * Starts a Sentinel of a group of its own, {@link #LONE}, whose primary is this server, by its
   * own port. It receives nothing from other Sentinels and changes no server. The caller closes it.
   *
   * @param settings more directives
   */
  public static SentinelInstance startLoneSentinel(RedisInstance server, String... settings) {
    return startSentinel(LONE, server.port(), SERVERS + 1, STRICT, NEVER, settings);
  }

  /**
   * Starts a Sentinel that names this server, which is no part of any group, as the primary of the
   * group {@link #NAME}. The caller closes it.
   */
  public static SentinelInstance startLyingSentinel(RedisInstance stranger) {
    return startSentinel(NAME, stranger.port(), SERVERS + 1, STRICT, NEVER);
  }

  /** Makes a lone Sentinel name another server. */
  public static void redirect(SentinelInstance lone, RedisInstance server) {
    lone.query(sentinel -> sentinel.remove(LONE));
    lone.query(sentinel -> sentinel.monitor(LONE, HOST, server.port(), SERVERS + 1));
  }

  /**
   * Whether nothing passes between a server and all who reach it through its proxy. Connections
   * that stand do not work again afterwards.
   */
  public void isolate(RedisInstance server, boolean isolated) {
    proxyOf(server).silence(isolated);
  }

  /** Ends all processes and proxies, and deletes what they stored. */
  @Override
  public void close() {
    Stream.concat(sentinels.stream(), servers.stream()).forEach(ServerProcess::close);
    proxies.values().forEach(TcpProxy::close);
  }
}
