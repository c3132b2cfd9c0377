package io.voicerouting.cache.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.voicerouting.cache.support.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Removes documents together with their leases: a late fill of an old row then finds no lease. The
 * commands are plain ones, because Redis may refuse scripts when its memory is full. Each has one
 * key, because a command for two keys fails while Redis Cluster moves their slot. The lease goes
 * first, so that no fill comes in between.
 *
 * <p>Keys of a slot that is being moved are removed on the server that it moves to, too. Methods
 * throw {@link io.voicerouting.cache.CacheUnavailableException} when a reply did not come in time,
 * and {@link RedisCommandExecutionException} when Redis refused a command, for example because the
 * slot belongs to another server. It is then unknown which documents were removed.
 */
public final class KeyEviction {

  private final RedisConnection connection;
  private final boolean asking;
  private final List<RedisCommand<String, byte[], ?>> commands = new ArrayList<>();
  private final Map<String, List<String>> moving = new TreeMap<>();

  private KeyEviction(RedisConnection connection, boolean asking) {
    this.connection = connection;
    this.asking = asking;
  }

  private record Deletion(
      String key,
      AsyncCommand<String, byte[], Long> lease,
      AsyncCommand<String, byte[], Long> document) {}

  /**
   * Removes documents.
   *
   * @param removed called for each key that had a document, as Redis confirms it
   */
  public static void evict(
      RedisConnection connection, List<String> keys, Deadline deadline, Consumer<String> removed) {
    RedisReplies replies = connection.replies();
    new KeyEviction(connection, false)
        .run(keys, reply -> replies.awaitBulk(reply, deadline), deadline, removed);
  }

  /** Removes one document; returns whether there was one. */
  public static boolean evictOne(RedisConnection connection, String key, Deadline deadline) {
    List<String> removed = new ArrayList<>();
    RedisReplies replies = connection.replies();
    new KeyEviction(connection, false)
        .run(List.of(key), reply -> replies.await(reply, deadline), deadline, removed::add);
    return !removed.isEmpty();
  }

  /**
   * Removes documents.
   *
   * @param waiter waits for the reply to one command
   */
  private void run(
      List<String> keys,
      ToLongFunction<CompletionStage<Long>> waiter,
      Deadline deadline,
      Consumer<String> removed) {
    List<Deletion> deletions = keys.stream().map(this::deletion).toList();
    connection.send(commands); // written together: one flush for all
    for (Deletion deletion : deletions) {
      // Both replies are awaited, though the first may already be a redirection.
      String leaseMovesTo =
          target(
              () -> {
                var unused = waiter.applyAsLong(deletion.lease());
              });
      String movesTo =
          target(
              () -> {
                if (waiter.applyAsLong(deletion.document()) > 0) {
                  removed.accept(deletion.key());
                }
              });
      String target = movesTo == null ? leaseMovesTo : movesTo;
      if (target != null) {
        moving.computeIfAbsent(target, same -> new ArrayList<>()).add(deletion.key());
      }
    }
    moving.forEach((target, some) -> evictAt(target, some, deadline, removed));
  }

  private Deletion deletion(String key) {
    return new Deletion(key, delete(RedisKeys.lease(key)), delete(key));
  }

  private AsyncCommand<String, byte[], Long> delete(String key) {
    if (asking) {
      commands.add(
          connection.command(
              CommandType.ASKING, new StatusOutput<>(connection.codec()), List.of()));
    }
    AsyncCommand<String, byte[], Long> command =
        connection.command(CommandType.DEL, new IntegerOutput<>(connection.codec()), List.of(key));
    commands.add(command);
    return command;
  }

  /** Returns the server to send the command to instead; null if the command was executed. */
  private @Nullable String target(Runnable wait) {
    try {
      wait.run();
      return null;
    } catch (RedisCommandExecutionException e) {
      String target = asking ? null : Redirection.ask(e);
      if (target == null) {
        throw e;
      }
      return target;
    }
  }

  private void evictAt(
      String target, List<String> keys, Deadline deadline, Consumer<String> removed) {
    try (RedisConnection there = connection.openTo(target)) {
      RedisReplies replies = there.replies();
      new KeyEviction(there, true)
          .run(keys, reply -> replies.awaitBulk(reply, deadline), deadline, removed);
    }
  }
}
