package io.voicerouting.cache.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds servers that may be the primary. It decides only where to connect. The answers of the
 * server itself decide whether it is a primary and whether it is trusted.
 */
@FunctionalInterface
public interface PrimaryLocator {

  /**
   * Returns the servers to try, the most likely one first; empty if none is known.
   *
   * @param last the primary that was last connected to; null: none yet
   */
  List<RedisServer> candidates(@Nullable RedisServer last);

  /** Reports a sign that another server has become the primary. */
  default void reportChange() {}

  /** Reports that a server of a Redis Cluster has redirected a command. */
  default void recordRedirection(Redirection.Kind kind) {}

  /** Returns why no server is known; null if there is no failure to report. */
  default @Nullable Throwable failure() {
    return null;
  }

  /** Returns the view that each answering Sentinel has of the primary; empty without Sentinels. */
  default List<SentinelMaster> views() {
    return List.of();
  }
}
