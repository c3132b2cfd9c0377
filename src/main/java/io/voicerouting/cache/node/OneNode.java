package io.voicerouting.cache.node;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.PrimaryLocator;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.NanoClock;
import java.util.List;

/** One primary for all keys: a single server, or the primary that Sentinels name. */
public record OneNode(RedisNode node) implements RedisNodes {

  /**
   * Creates the node without connecting.
   *
   * @param locator finds the primary
   */
  public static OneNode of(PrimaryLocator locator, CacheProperties properties, NanoClock clock) {
    CacheProperties.Near settings = properties.near();
    NearCache near = new NearCache(clock, settings.ttl(), settings.maxSize().toBytes());
    Trust trust = new Trust(clock, near::clear);
    ConnectionHolder connections =
        new ConnectionHolder(locator, properties.commandTimeout(), trust, clock);
    return new OneNode(new RedisNode(connections, trust, near));
  }

  @Override
  public int slotOf(String redisKey) {
    return 0;
  }

  @Override
  public int slotOf(CacheKey key) {
    return 0;
  }

  @Override
  public RedisNode at(int slot) {
    return node;
  }

  @Override
  public List<RedisNode> all() {
    return List.of(node);
  }

  @Override
  public void refresh() {}

  @Override
  public void close() {
    node.close();
  }
}
