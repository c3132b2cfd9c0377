package io.voicerouting.cache.redis;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides which primary serves a slot: the one that most servers name. If votes are equal, or no
 * server names the slot, nothing changes.
 */
final class SlotVote {

  private SlotVote() {}

  /**
   * Returns the slots of each primary, by its id.
   *
   * @param tables the answers of servers
   * @param before the result of the last vote
   */
  static Map<String, Slots> count(Collection<SlotTable> tables, Map<String, Slots> before) {
    Map<String, int[]> votes = new TreeMap<>();
    for (SlotTable table : tables) {
      for (SlotTable.Entry entry : table.entries()) {
        add(votes, entry.id(), entry.range(), 2);
      }
    }
    // Half of a server's vote: it decides between equals.
    before.forEach((id, slots) -> slots.ranges().forEach(range -> add(votes, id, range, 1)));
    return winners(votes);
  }

  private static void add(Map<String, int[]> votes, String id, Slots.Range range, int weight) {
    int[] counts = votes.computeIfAbsent(id, same -> new int[Slots.ALL.count()]);
    for (int slot = range.first(); slot <= range.last(); slot++) {
      counts[slot] += weight;
    }
  }

  private static Map<String, Slots> winners(Map<String, int[]> votes) {
    Map<String, BitSet> won = new HashMap<>();
    for (int slot = 0; slot < Slots.ALL.count(); slot++) {
      String winner = "";
      int most = 0;
      for (Map.Entry<String, int[]> candidate : votes.entrySet()) {
        int count = candidate.getValue()[slot];
        if (count > most) {
          most = count;
          winner = candidate.getKey();
        }
      }
      if (most > 0) {
        won.computeIfAbsent(winner, same -> new BitSet()).set(slot);
      }
    }
    Map<String, Slots> slots = new HashMap<>();
    won.forEach((id, bits) -> slots.put(id, Slots.of(bits)));
    return slots;
  }
}
