package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.TtlJitter;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.CommandSender;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Trust;
import java.util.function.Supplier;

/**
 * A lookup that the near cache could not answer, and what it may use. All its Redis commands use
 * one connection, and each is sent only while that is trusted, unless the lookup is degraded.
 *
 * @param node the primary of the key
 * @param slot of the key
 * @param connection to the primary; trusted, or degraded, when the lookup began
 * @param nodes all primaries, for indexes
 * @param budget time limits of the request
 * @param jitter of the TTL, if the lookup fills
 */
record RedisLookup<V>(
    CachedResource<V> resource,
    CacheKey key,
    RedisNode node,
    int slot,
    RedisConnection connection,
    RedisNodes nodes,
    LookupBudget budget,
    TtlJitter jitter) {

  NearCache near() {
    return node.near();
  }

  /**
   * Sends a command while the connection is trusted.
   *
   * @throws io.voicerouting.cache.CacheUnavailableException as {@link Trust#sendTrusted}
   */
  <T> T sendTrusted(Supplier<T> command) {
    return node.trust().sendTrusted(connection, command, slot);
  }

  /** Checks trust with each command that is sent. */
  CommandSender sender() {
    return new CommandSender() {
      @Override
      public <T> T send(Supplier<T> command) {
        return sendTrusted(command);
      }
    };
  }
}
