package io.voicerouting.cache.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the primaries of a Redis Cluster and their slots. The configured servers and the primaries
 * known so far are queried once a second, and at once after a sign of a change. The result decides
 * only where to connect: the answers of a server itself decide whether it is trusted. Thread-safe.
 */
public final class ClusterTopology implements Runnable, AutoCloseable {

  /** Time between two runs; a run queries the servers only if that is due. */
  public static final Duration INTERVAL = Duration.ofMillis(100);

  private static final Duration QUERY_INTERVAL = Duration.ofSeconds(1);

  /** Longest wait for the servers; one that does not answer does not count. */
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

  private final RedisClient client;
  private final List<RedisURI> seeds;
  private final NanoClock clock;
  private final Map<String, Server> servers = new LinkedHashMap<>(); // by host:port
  private Map<String, Slots> slots = Map.of(); // by id
  private volatile Map<Primary, Slots> primaries = Map.of();
  private volatile boolean changeReported;
  private final Counter changes;
  private final Map<Redirection.Kind, Counter> redirections = new EnumMap<>(Redirection.Kind.class);
  private volatile @Nullable Throwable failure; // null: the last query was answered
  private Deadline next;

  /**
   * Creates an empty topology.
   *
   * @param client opens all connections; shut down at the end
   * @param seeds the configured servers, with the settings of all connections
   */
  public ClusterTopology(
      RedisClient client, List<RedisURI> seeds, MeterRegistry registry, NanoClock clock) {
    this.client = client;
    this.seeds = List.copyOf(seeds);
    this.clock = clock;
    this.next = Deadline.after(Duration.ZERO, clock);
    this.changes =
        Counter.builder("routing.cache.topology.changes")
            .description("Changes of the primaries of a Redis Cluster or of their slots")
            .register(registry);
    for (Redirection.Kind kind : Redirection.Kind.values()) {
      redirections.put(
          kind,
          Counter.builder("routing.cache.redis.redirects")
              .description("Commands that a server of a Redis Cluster has redirected")
              .tag("kind", kind.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  /** A server that is queried. */
  private record Server(
      RedisURI uri, QueryConnection<StatefulRedisConnection<String, String>> connection) {

    CompletableFuture<SlotTable> slots() {
      return connection.query(
          open -> open.async().clusterSlots().thenApply(SlotTable::parse), TIMEOUT);
    }
  }

  /**
   * A primary.
   *
   * @param id in its cluster
   */
  public record Primary(String id, RedisServer.Discovered server) {

    /** Returns its {@code host:port}. */
    public String address() {
      return addressOf(server.uri());
    }
  }

  /** Returns the primaries and their slots; empty if nothing is known yet. */
  public Map<Primary, Slots> primaries() {
    return primaries;
  }

  /** Returns why no server answered the last query; null if one did. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** Makes the next run query the servers. */
  public void reportChange() {
    changeReported = true;
  }

  /** Counts a redirected command. */
  public void recordRedirection(Redirection.Kind kind) {
    Objects.requireNonNull(redirections.get(kind)).increment();
  }

  /** Queries the servers, if that is due. */
  @Override
  public void run() {
    if (changeReported || next.passed()) {
      query();
    }
  }

  /** Queries the servers. */
  public synchronized void query() {
    changeReported = false;
    next = Deadline.after(QUERY_INTERVAL, clock);
    Map<Server, SlotTable> answers = queryAll();
    if (answers.isEmpty()) {
      return;
    }
    slots = SlotVote.count(answers.values(), slots);
    Map<String, RedisServer.Discovered> known = addresses(answers);
    Map<Primary, Slots> found = new LinkedHashMap<>();
    slots.forEach(
        (id, served) -> {
          RedisServer.Discovered server = known.get(id);
          if (server != null) {
            found.put(new Primary(id, server), served);
          }
        });
    if (!primaries.isEmpty() && !primaries.equals(found)) {
      changes.increment();
    }
    primaries = Map.copyOf(found);
    retainServers();
  }

  private Map<Server, SlotTable> queryAll() {
    seeds.forEach(this::addServer);
    Map<Server, CompletableFuture<SlotTable>> queries = new LinkedHashMap<>();
    servers.values().forEach(server -> queries.put(server, server.slots()));
    CompletableFuture<?> all =
        CompletableFuture.allOf(queries.values().toArray(CompletableFuture[]::new))
            .completeOnTimeout(null, TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)
            .exceptionally(failure -> null);
    all.join();
    Map<Server, SlotTable> answers = new LinkedHashMap<>();
    queries.forEach(
        (server, query) -> {
          if (query.state() == CompletableFuture.State.SUCCESS) {
            answers.put(server, query.resultNow());
          }
        });
    failure = answers.isEmpty() ? QueryConnection.failureOf(queries.values()) : null;
    return answers;
  }

  /**
   * Returns the addresses of the primaries. One that has several names keeps the one in use, as
   * long as some server names it.
   */
  private Map<String, RedisServer.Discovered> addresses(Map<Server, SlotTable> answers) {
    Map<String, Set<RedisServer.Discovered>> named = new HashMap<>();
    answers.forEach(
        (server, table) ->
            table
                .addresses()
                .forEach(
                    (id, address) ->
                        named
                            .computeIfAbsent(id, same -> new LinkedHashSet<>())
                            .add(new RedisServer.Discovered(client, server.uri()).at(address))));
    Map<String, RedisServer.Discovered> addresses = new HashMap<>();
    named.forEach((id, some) -> addresses.put(id, some.iterator().next()));
    for (Primary known : primaries.keySet()) {
      if (named.getOrDefault(known.id(), Set.of(known.server())).contains(known.server())) {
        addresses.put(known.id(), known.server());
      }
    }
    return addresses;
  }

  private void addServer(RedisURI uri) {
    servers.computeIfAbsent(
        addressOf(uri),
        same ->
            new Server(
                uri, new QueryConnection<>(() -> client.connectAsync(StringCodec.UTF8, uri))));
  }

  private void retainServers() {
    List<String> wanted = new ArrayList<>(seeds.stream().map(ClusterTopology::addressOf).toList());
    for (Primary primary : primaries.keySet()) {
      addServer(primary.server().uri());
      wanted.add(primary.address());
    }
    servers.forEach(
        (address, server) -> {
          if (!wanted.contains(address)) {
            server.connection().close();
          }
        });
    servers.keySet().retainAll(wanted);
  }

  private static String addressOf(RedisURI uri) {
    return uri.getHost() + ":" + uri.getPort();
  }

  /** Closes the connections of the queries, and shuts the client down. */
  @Override
  public synchronized void close() {
    servers.values().forEach(server -> server.connection().close());
    servers.clear();
    client.shutdown(Duration.ZERO, SHUTDOWN_TIMEOUT);
  }
}
