package io.voicerouting.cache.node;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.redis.RedisConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Redis primaries in use. Thread-safe. */
public interface RedisNodes extends AutoCloseable {

  /** Returns the slot of a key: 0 without Redis Cluster, where one primary serves all slots. */
  int slotOf(String redisKey);

  /** Returns the slot of a document. */
  default int slotOf(CacheKey key) {
    return slotOf(key.redisKey());
  }

  /** Returns the primary of a slot; one that is never connected if none is known. */
  RedisNode at(int slot);

  /** Returns the primary of a document. */
  default RedisNode of(CacheKey key) {
    return at(slotOf(key));
  }

  /** Returns the primary of a key. */
  default RedisNode of(String redisKey) {
    return at(slotOf(redisKey));
  }

  /** Returns the connection in use for a key; null if there is none. */
  default @Nullable RedisConnection connection(String redisKey) {
    return of(redisKey).connections().connection();
  }

  /** Removes a document from every near cache: it may have been read from another primary. */
  default void invalidateNear(CacheKey key) {
    all().forEach(node -> node.near().invalidate(key));
  }

  /** Returns the primaries that serve slots. */
  List<RedisNode> all();

  /** Returns why no primary is known; null if there is no failure to report. */
  default @Nullable Throwable discoveryFailure() {
    return null;
  }

  /** Updates the primaries and their slots. Called by the relay, between two passes. */
  void refresh();

  @Override
  void close();
}
