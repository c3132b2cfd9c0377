package io.voicerouting.cache.redis;

import io.lettuce.core.api.StatefulConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection for queries about the topology, to a Sentinel or a server of Redis Cluster. A query
 * that fails closes it; the next query opens another one. Thread-safe.
 *
 * @param <C> Lettuce's connection
 */
final class QueryConnection<C extends StatefulConnection<String, String>> {

  private final Supplier<? extends CompletionStage<C>> opener;
  private @Nullable CompletableFuture<C> connection; // null: none

  /**
   * Creates a connection that is opened by the first query.
   *
   * @param opener opens it, without waiting
   */
  QueryConnection(Supplier<? extends CompletionStage<C>> opener) {
    this.opener = opener;
  }

  /**
   * Queries the server.
   *
   * @param query sends the query
   * @return fails if there is no answer in time
   */
  <T> CompletableFuture<T> query(Function<C, CompletionStage<T>> query, Duration timeout) {
    CompletableFuture<C> used = open();
    return used.thenCompose(query)
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                close(used);
              }
            });
  }

  /** Returns why one of several queries failed; null if none has failed yet. */
  static @Nullable Throwable failureOf(Collection<? extends CompletableFuture<?>> queries) {
    return queries.stream()
        .filter(CompletableFuture::isCompletedExceptionally)
        .findFirst()
        .map(CompletableFuture::exceptionNow)
        .orElse(null);
  }

  private synchronized CompletableFuture<C> open() {
    CompletableFuture<C> current = connection;
    if (current == null) {
      current = opener.get().toCompletableFuture();
      connection = current;
    }
    return current;
  }

  /** Closes the connection; the next query would open another one. */
  synchronized void close() {
    if (connection != null) {
      close(connection);
    }
  }

  private synchronized void close(CompletableFuture<C> opened) {
    if (opened.equals(connection)) {
      connection = null;
      var unused = opened.thenCompose(StatefulConnection::closeAsync);
    }
  }
}
