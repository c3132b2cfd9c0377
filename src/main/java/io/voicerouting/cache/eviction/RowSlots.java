package io.voicerouting.cache.eviction;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.redis.Slots;
import java.util.List;

/**
 * The hash slots of outbox rows. A row that names a whole organization has the slot of the
 * organization's index, whose primary removes what the index names.
 */
record RowSlots(RedisNodes nodes) {

  int of(OutboxRow row) {
    CacheKey key = row.key();
    return key == null ? nodes.slotOf(index(row.organizationId())) : nodes.slotOf(key);
  }

  /**
   * Returns the key of an organization's index.
   *
   * @param organizationId {@link OutboxRow#ALL_ORGANIZATIONS} for the index of organizations
   */
  static String index(long organizationId) {
    return organizationId == OutboxRow.ALL_ORGANIZATIONS
        ? RedisKeys.INDEXES
        : RedisKeys.index(organizationId);
  }

  /** Returns the rows with these slots. */
  List<OutboxRow> select(List<OutboxRow> rows, Slots slots) {
    return rows.stream().filter(row -> slots.contains(of(row))).toList();
  }
}
