package io.voicerouting.cache.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.support.Deadline;
import java.util.List;

/** A query to a server of a Redis Cluster for the slots that it serves, and its pending replies. */
public record SlotOwnership(
    RedisReplies replies,
    RedisFuture<String> state,
    RedisFuture<String> id,
    RedisFuture<List<Object>> table) {

  private static final String HEALTHY = "ok";

  /** Sends the query. */
  public static SlotOwnership ask(RedisConnection connection) {
    RedisAsyncCommands<String, byte[]> commands = connection.commands();
    return new SlotOwnership(
        connection.replies(),
        commands.clusterInfo(),
        commands.clusterMyId(),
        commands.clusterSlots());
  }

  /**
   * Waits for the answer.
   *
   * @return the slots that the server itself serves, by its own account
   * @throws CacheUnavailableException if the server did not answer in time, or reports that its
   *     cluster is down
   */
  public Slots await(Deadline deadline) {
    String clusterState =
        Reign.fields(replies.awaitBulk(state, deadline)).getOrDefault("cluster_state", "unknown");
    if (!clusterState.equals(HEALTHY)) {
      throw new CacheUnavailableException("Redis Cluster is in state '" + clusterState + "'");
    }
    String self = replies.awaitBulk(id, deadline);
    return SlotTable.parse(replies.awaitBulk(table, deadline)).slotsOf(self);
  }
}
