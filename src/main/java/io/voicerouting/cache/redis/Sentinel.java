package io.voicerouting.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One Sentinel, queried over a connection that is kept until it fails. Thread-safe. */
final class Sentinel {

  private static final StringCodec CODEC = new StringCodec(UTF_8);

  private final RedisClient client;
  private final RedisURI uri;
  private final AtomicReference<
          @Nullable CompletableFuture<StatefulRedisSentinelConnection<String, String>>>
      connection = new AtomicReference<>(); // null: none

  Sentinel(RedisClient client, RedisURI uri) {
    this.client = client;
    this.uri = uri;
  }

  /**
   * Queries the state of a group's primary ({@code SENTINEL MASTER}). The result fails if there is
   * no answer in time or the Sentinel does not know the group.
   */
  CompletableFuture<SentinelMaster> master(String group, Duration timeout) {
    CompletableFuture<StatefulRedisSentinelConnection<String, String>> used = connection();
    return used.thenCompose(open -> open.async().master(group))
        .thenApply(SentinelMaster::of)
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                discard(used);
              }
            });
  }

  private CompletableFuture<StatefulRedisSentinelConnection<String, String>> connection() {
    CompletableFuture<StatefulRedisSentinelConnection<String, String>> current = connection.get();
    if (current != null) {
      return current;
    }
    CompletableFuture<StatefulRedisSentinelConnection<String, String>> opened =
        client.connectSentinelAsync(CODEC, uri);
    if (!connection.compareAndSet(null, opened)) {
      close(opened); // another caller was faster
      return connection();
    }
    return opened;
  }

  private void discard(CompletableFuture<StatefulRedisSentinelConnection<String, String>> failed) {
    if (connection.compareAndSet(failed, null)) {
      close(failed);
    }
  }

  private static void close(
      CompletableFuture<StatefulRedisSentinelConnection<String, String>> opened) {
    var unused = opened.thenCompose(StatefulRedisSentinelConnection::closeAsync);
  }

  /** Closes the connection; the next query would open another one. */
  void close() {
    CompletableFuture<StatefulRedisSentinelConnection<String, String>> last =
        connection.getAndSet(null);
    if (last != null) {
      close(last);
    }
  }
}
