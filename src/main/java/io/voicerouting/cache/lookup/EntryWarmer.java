package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.TtlJitter;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads and fills entries that no caller has requested yet, under the rules of lookups: reads are
 * sent and fills are made only while Redis is trusted, and an eviction that comes first voids them.
 */
public final class EntryWarmer {

  private final RedisNodes nodes;
  private final RedisReader redis;
  private final FillCoordinator fills;
  private final Supplier<LookupBudget> budgets;

  EntryWarmer(
      RedisNodes nodes, RedisReader redis, FillCoordinator fills, Supplier<LookupBudget> budgets) {
    this.nodes = nodes;
    this.redis = redis;
    this.fills = fills;
    this.budgets = budgets;
  }

  /**
   * Reads entries of one primary, all in one write, and puts them into its near cache.
   *
   * @return the keys without an entry that can be used
   * @throws CacheUnavailableException if Redis is not trusted, or does not answer
   */
  public List<ResourceKey<?>> read(RedisNode node, List<ResourceKey<?>> keys) {
    RedisConnection connection = trusted(node);
    LookupBudget budget = budgets.get();
    Map<CacheKey, EntryRead> reads =
        RedisReader.send(node, connection, keys.stream().map(ResourceKey::key).toList(), nodes);
    List<ResourceKey<?>> missing = new ArrayList<>();
    for (ResourceKey<?> one : keys) {
      EntryRead read = reads.get(one.key());
      if (read == null || !redis.putNear(lookup(one, node, connection, budget), read)) {
        missing.add(one);
      }
    }
    return missing;
  }

  /**
   * Fills the entry of a key that Redis does not have.
   *
   * @return whether Redis has it now
   * @throws CacheUnavailableException if Redis is not trusted, or does not answer
   * @throws io.voicerouting.cache.database.LoadFailedException if the load failed
   */
  public <V> boolean fill(RedisNode node, ResourceKey<V> key) {
    return switch (fills.fill(lookup(key, node, trusted(node), budgets.get()))) {
      case FillResult.Answered<V> answered -> isStored(answered.answer());
      case FillResult.EndedElsewhere<V> ended -> true;
      case FillResult.Refused<V> refused -> false;
    };
  }

  private static boolean isStored(Lookup<?> answer) {
    return answer.status().hit() || answer.status().stored();
  }

  private static RedisConnection trusted(RedisNode node) {
    if (node.trust().state() instanceof Trust.State.Trusted trusted) {
      return trusted.connection();
    }
    throw new CacheUnavailableException("Redis is not trusted");
  }

  private <V> RedisLookup<V> lookup(
      ResourceKey<V> one, RedisNode node, RedisConnection connection, LookupBudget budget) {
    return new RedisLookup<>(
        one.resource(),
        one.key(),
        node,
        nodes.slotOf(one.key()),
        connection,
        nodes,
        budget,
        TtlJitter.HALF);
  }
}
