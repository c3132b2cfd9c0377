package io.voicerouting.cache.eviction;

import io.voicerouting.cache.redis.Slots;
import java.util.Collection;
import java.util.List;

/**
 * An entry of the table {@code routing_cache_reign}: some instance may trust a reign for the keys
 * of these slots.
 */
record ReignSlots(String reign, Slots.Range slots) {

  /** The entries of a reign, one for each range. */
  static List<ReignSlots> of(String reign, Slots slots) {
    return slots.ranges().stream().map(range -> new ReignSlots(reign, range)).toList();
  }

  /** Returns the slots that these entries have for a reign. */
  static Slots slotsOf(String reign, Collection<ReignSlots> entries) {
    return Slots.of(
        entries.stream()
            .filter(entry -> entry.reign().equals(reign))
            .map(ReignSlots::slots)
            .toList());
  }

  /** Parses {@code <reign> <first> <end>}, where the end is no longer part of the range. */
  static ReignSlots parse(String text) {
    String[] parts = text.split(" ", -1);
    return new ReignSlots(
        parts[0], new Slots.Range(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]) - 1));
  }

  /** Returns the parameters of {@link #ROWS}: three arrays of the same length. */
  static Object[] parameters(Collection<ReignSlots> entries) {
    return new Object[] {
      entries.stream().map(ReignSlots::reign).toArray(String[]::new),
      entries.stream().map(entry -> entry.slots().first()).toArray(Integer[]::new),
      entries.stream().map(entry -> entry.slots().last()).toArray(Integer[]::new)
    };
  }

  /** SQL of entries as rows. */
  static final String ROWS =
      "(select reign, int4range(first, last, '[]') as slots"
          + " from unnest(?::text[], ?::int[], ?::int[]) entry (reign, first, last))";
}
