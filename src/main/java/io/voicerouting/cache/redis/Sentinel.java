package io.voicerouting.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One Sentinel, asked over a connection that is kept until it fails. Thread-safe. */
final class Sentinel {

  private static final StringCodec CODEC = new StringCodec(UTF_8);

  private final RedisClient client;
  private final RedisURI uri;
  private @Nullable CompletableFuture<StatefulRedisSentinelConnection<String, String>> connection;

  Sentinel(RedisClient client, RedisURI uri) {
    this.client = client;
    this.uri = uri;
  }

  /**
   * Asks for the state of a group's primary ({@code SENTINEL MASTER}). The result fails if there is
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
                giveUp(used);
              }
            });
  }

  private synchronized CompletableFuture<StatefulRedisSentinelConnection<String, String>>
      connection() {
    CompletableFuture<StatefulRedisSentinelConnection<String, String>> current = connection;
    if (current == null) {
      current = client.connectSentinelAsync(CODEC, uri);
      connection = current;
    }
    return current;
  }

  private synchronized void giveUp(
      CompletableFuture<StatefulRedisSentinelConnection<String, String>> failed) {
    if (failed.equals(connection)) {
      connection = null;
      var unused = failed.thenCompose(StatefulRedisSentinelConnection::closeAsync);
    }
  }

  /** Closes the connection; the next question would open another one. */
  synchronized void close() {
    if (connection != null) {
      giveUp(connection);
    }
  }
}
