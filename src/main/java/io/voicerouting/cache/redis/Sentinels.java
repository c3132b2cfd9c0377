package io.voicerouting.cache.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the primary of a Sentinel group. All Sentinels are queried at once. The server that more
 * than half of the configured Sentinels name is elected; without such a majority none is.
 * Thread-safe.
 */
public final class Sentinels implements PrimaryLocator {

  private final Supplier<RedisClient> client;
  private final RedisURI group;
  private final RedisURI server;
  private final List<QueryConnection<StatefulRedisSentinelConnection<String, String>>> sentinels;
  private volatile @Nullable Throwable failure; // null: the last query was answered

  /**
   * Creates a locator. It connects at the first query.
   *
   * @param group the name of the group and its Sentinels
   * @param server settings of connections to servers; host and port are replaced
   */
  public Sentinels(Supplier<RedisClient> client, RedisURI group, RedisURI server) {
    this.client = client;
    this.group = group;
    this.server = server;
    this.sentinels = group.getSentinels().stream().map(this::sentinel).toList();
  }

  private QueryConnection<StatefulRedisSentinelConnection<String, String>> sentinel(RedisURI uri) {
    return new QueryConnection<>(() -> client.get().connectSentinelAsync(StringCodec.UTF8, uri));
  }

  /**
   * Returns the elected server, then the last one that was used, then every other server that a
   * Sentinel names, the latest failover first.
   */
  @Override
  public List<RedisServer> candidates(@Nullable RedisServer last) {
    List<SentinelMaster> named = queryAll();
    Set<RedisServer> candidates = new LinkedHashSet<>();
    majority(named).map(this::discovered).ifPresent(candidates::add);
    if (last != null) {
      candidates.add(last);
    }
    named.stream()
        .sorted(Comparator.comparingLong(SentinelMaster::configEpoch).reversed())
        .map(this::discovered)
        .forEach(candidates::add);
    return List.copyOf(candidates);
  }

  /** Returns the server that most Sentinels name; empty if they do not answer or do not agree. */
  Optional<RedisServer> findElected() {
    return majority(queryAll()).map(this::discovered);
  }

  @Override
  public @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public List<SentinelMaster> views() {
    return queryAll();
  }

  private Optional<SentinelMaster> majority(List<SentinelMaster> named) {
    return named.stream()
        .filter(one -> 2 * named.stream().filter(one::isAt).count() > sentinels.size())
        .findFirst();
  }

  private RedisServer discovered(SentinelMaster master) {
    RedisURI uri = RedisURI.builder(server).withHost(master.host()).withPort(master.port()).build();
    return new RedisServer.Discovered(client.get(), uri);
  }

  /**
   * Queries all Sentinels; returns the answers received once a majority agrees or all have
   * answered.
   */
  private List<SentinelMaster> queryAll() {
    List<CompletableFuture<SentinelMaster>> queries =
        sentinels.stream().map(one -> one.query(this::master, group.getTimeout())).toList();
    CompletableFuture<Void> decided = new CompletableFuture<>();
    for (CompletableFuture<SentinelMaster> one : queries) {
      var unused =
          one.whenComplete(
              (answer, failure) -> {
                if (queries.stream().allMatch(CompletableFuture::isDone)
                    || majority(answers(queries)).isPresent()) {
                  decided.complete(null);
                }
              });
    }
    decided.join();
    List<SentinelMaster> answers = answers(queries);
    failure = answers.isEmpty() ? QueryConnection.failureOf(queries) : null;
    return answers;
  }

  private CompletionStage<SentinelMaster> master(
      StatefulRedisSentinelConnection<String, String> connection) {
    return connection.async().master(group.getSentinelMasterId()).thenApply(SentinelMaster::of);
  }

  private static List<SentinelMaster> answers(List<CompletableFuture<SentinelMaster>> queries) {
    return queries.stream()
        .filter(one -> one.state() == CompletableFuture.State.SUCCESS)
        .map(CompletableFuture::resultNow)
        .toList();
  }

  /** Closes the connections to Sentinels, which Lettuce would try to open again at its end. */
  public void close() {
    sentinels.forEach(QueryConnection::close);
  }
}
