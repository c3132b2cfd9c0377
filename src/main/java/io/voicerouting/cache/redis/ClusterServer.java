package io.voicerouting.cache.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A server of Redis Cluster that is asked for the primaries, on a connection of its own. A query
 * that fails closes the connection; the next query opens another one. Thread-safe.
 */
final class ClusterServer {

  private final RedisClient client;
  private final RedisURI uri;
  private final AtomicReference<
          @Nullable CompletableFuture<StatefulRedisConnection<String, String>>>
      connection = new AtomicReference<>(); // null: none

  ClusterServer(RedisClient client, RedisURI uri) {
    this.client = client;
    this.uri = uri;
  }

  RedisURI uri() {
    return uri;
  }

  /**
   * Queries the primaries ({@code CLUSTER SLOTS}). The result fails if there is no answer in time.
   */
  CompletableFuture<SlotTable> slots(Duration timeout) {
    CompletableFuture<StatefulRedisConnection<String, String>> used = connection();
    return used.thenCompose(open -> open.async().clusterSlots())
        .thenApply(SlotTable::parse)
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                discard(used);
              }
            });
  }

  private CompletableFuture<StatefulRedisConnection<String, String>> connection() {
    CompletableFuture<StatefulRedisConnection<String, String>> current = connection.get();
    if (current != null) {
      return current;
    }
    CompletableFuture<StatefulRedisConnection<String, String>> opened =
        client.connectAsync(StringCodec.UTF8, uri).toCompletableFuture();
    if (!connection.compareAndSet(null, opened)) {
      close(opened); // another caller was faster
      return connection();
    }
    return opened;
  }

  private void discard(CompletableFuture<StatefulRedisConnection<String, String>> failed) {
    if (connection.compareAndSet(failed, null)) {
      close(failed);
    }
  }

  private static void close(CompletableFuture<StatefulRedisConnection<String, String>> opened) {
    var unused = opened.thenCompose(StatefulRedisConnection::closeAsync);
  }

  /** Closes the connection; the next query would open another one. */
  void close() {
    CompletableFuture<StatefulRedisConnection<String, String>> last = connection.getAndSet(null);
    if (last != null) {
      close(last);
    }
  }
}
