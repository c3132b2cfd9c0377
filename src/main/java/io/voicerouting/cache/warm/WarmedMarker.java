package io.voicerouting.cache.warm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.SetArgs;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A key that shows that a primary has been warmed with documents of these versions. A Redis that
 * lost everything, or is new, lacks it. Nothing but warming depends on it. Methods throw {@link
 * io.voicerouting.cache.CacheUnavailableException} or {@link io.lettuce.core.RedisException} if
 * Redis fails.
 */
final class WarmedMarker {

  /** Longer than the time between two renewals. When no instance renews it, entries expire, too. */
  static final Duration TTL = Duration.ofMinutes(10);

  private static final Duration TIME_LIMIT = Duration.ofMillis(500);
  private static final byte[] VALUE = "1".getBytes(UTF_8);

  private final RedisNodes nodes;
  private final String contents;
  private final NanoClock clock;

  WarmedMarker(
      RedisNodes nodes, Collection<? extends CachedResource<?>> resources, NanoClock clock) {
    this.nodes = nodes;
    this.contents =
        resources.stream()
            .map(CachedResource::definition)
            .map(one -> one.name() + "-" + one.schemaVersion())
            .sorted()
            .collect(Collectors.joining(","));
    this.clock = clock;
  }

  boolean isSet(RedisNode node) {
    RedisConnection connection = node.connections().requireConnection();
    return connection
            .replies()
            .awaitBulk(connection.commands().exists(key(node)), Deadline.after(TIME_LIMIT, clock))
        > 0;
  }

  /** Sets or renews it. */
  void set(RedisNode node) {
    RedisConnection connection = node.connections().requireConnection();
    connection
        .replies()
        .awaitBulk(
            connection.commands().set(key(node), VALUE, SetArgs.Builder.px(TTL)),
            Deadline.after(TIME_LIMIT, clock));
  }

  /** Returns the first such key that the primary serves. */
  private String key(RedisNode node) {
    int number = 0;
    String key = RedisKeys.warmed(number, contents);
    while (!node.slots().isEmpty() && !nodes.at(nodes.slotOf(key)).equals(node)) {
      key = RedisKeys.warmed(++number, contents);
    }
    return key;
  }
}
