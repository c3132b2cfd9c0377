package io.voicerouting.cache.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.support.Deadline;
import java.util.List;

/** Asks a server of Redis Cluster which slots it serves. */
public final class SlotOwnership {

  private static final String WORKS = "ok";

  private final RedisReplies replies;
  private final RedisFuture<String> state;
  private final RedisFuture<String> id;
  private final RedisFuture<List<Object>> table;

  private SlotOwnership(RedisConnection connection) {
    RedisAsyncCommands<String, byte[]> commands = connection.commands();
    this.replies = connection.replies();
    this.state = commands.clusterInfo();
    this.id = commands.clusterMyId();
    this.table = commands.clusterSlots();
  }

  /** Sends the question. */
  public static SlotOwnership ask(RedisConnection connection) {
    return new SlotOwnership(connection);
  }

  /**
   * Waits for the answer.
   *
   * @return the slots that the server itself serves, by its own account
   * @throws CacheUnavailableException if the server did not answer in time, or says that its
   *     cluster is down
   */
  public Slots await(Deadline deadline) {
    String works =
        Reign.fields(replies.awaitBulk(state, deadline)).getOrDefault("cluster_state", "unknown");
    if (!works.equals(WORKS)) {
      throw new CacheUnavailableException("Redis Cluster is in state '" + works + "'");
    }
    String self = replies.awaitBulk(id, deadline);
    return SlotTable.parse(replies.awaitBulk(table, deadline)).slotsOf(self);
  }
}
