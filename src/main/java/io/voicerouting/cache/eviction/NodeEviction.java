package io.voicerouting.cache.eviction;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.Redirection;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.Deadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evicts a writer's rows on the primaries of their keys, on all of them at once. */
final class NodeEviction {

  private static final Logger LOG = LoggerFactory.getLogger(NodeEviction.class);

  private final RowSlots slots;
  private final RedisNodes nodes;
  private final Evictor evictor;

  NodeEviction(RedisNodes nodes, Evictor evictor) {
    this.slots = new RowSlots(nodes);
    this.nodes = nodes;
    this.evictor = evictor;
  }

  /**
   * The rows of one primary.
   *
   * @param done the confirmed eviction; null if it was not confirmed
   * @param moved whether a slot has moved to another primary; this one stays trusted for its other
   *     slots
   */
  record Result(
      RedisNode node, List<OutboxRow> rows, @Nullable CompletedPass done, boolean moved) {}

  /** Evicts rows, and waits for the replies. */
  List<Result> evict(List<OutboxRow> rows, Deadline deadline) {
    Map<RedisNode, List<OutboxRow>> parts =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> nodes.at(slots.of(row)), LinkedHashMap::new, Collectors.toList()));
    if (parts.size() == 1) {
      return parts.entrySet().stream()
          .map(part -> evict(part.getKey(), part.getValue(), deadline))
          .toList();
    }
    List<CompletableFuture<Result>> results =
        parts.entrySet().stream()
            .map(
                part ->
                    CompletableFuture.supplyAsync(
                        () -> evict(part.getKey(), part.getValue(), deadline),
                        Thread::startVirtualThread))
            .toList();
    return results.stream().map(CompletableFuture::join).toList();
  }

  private Result evict(RedisNode node, List<OutboxRow> rows, Deadline deadline) {
    try {
      RedisConnection connection = node.connections().requireConnection();
      evictor.evict(connection, rows, deadline);
      CompletedPass done =
          new CompletedPass(rows, connection.reign(deadline), connection.address());
      return new Result(node, rows, done, false);
    } catch (RuntimeException e) {
      LOG.debug("Voice routing cache: Eviction not confirmed, waiting for the relay", e);
      boolean moved =
          e instanceof RedisCommandExecutionException refusal && Redirection.isMoved(refusal);
      return new Result(node, rows, null, moved);
    }
  }
}
