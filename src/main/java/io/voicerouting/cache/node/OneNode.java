package io.voicerouting.cache.node;

import io.voicerouting.cache.CacheKey;
import java.util.List;

/** One primary for all keys: a single server, or the primary that Sentinels name. */
public record OneNode(RedisNode node) implements RedisNodes {

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
