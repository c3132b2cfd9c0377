package io.voicerouting.cache.redis;

import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/** A set of hash slots of Redis Cluster. Without Cluster, one server serves all. Immutable. */
public final class Slots {

  /** Every slot. */
  public static final Slots ALL = of(List.of(new Range(0, SlotHash.SLOT_COUNT - 1)));

  /** No slot. */
  public static final Slots NONE = new Slots(new BitSet());

  private final BitSet bits;

  private Slots(BitSet bits) {
    this.bits = bits;
  }

  /**
   * Slots that follow each other.
   *
   * @param first the lowest one
   * @param last the highest one
   */
  public record Range(int first, int last) {}

  /** Returns the slot of a key. */
  public static int slotOf(String redisKey) {
    return SlotHash.getSlot(redisKey);
  }

  /** Returns the slots of all these ranges. */
  public static Slots of(Collection<Range> ranges) {
    BitSet bits = new BitSet(SlotHash.SLOT_COUNT);
    ranges.forEach(range -> bits.set(range.first(), range.last() + 1));
    return new Slots(bits);
  }

  /** Returns these slots. */
  static Slots of(BitSet bits) {
    return new Slots((BitSet) bits.clone());
  }

  public boolean contains(int slot) {
    return bits.get(slot);
  }

  public boolean containsAll(Slots others) {
    return others.minus(this).isEmpty();
  }

  public boolean isEmpty() {
    return bits.isEmpty();
  }

  /** Returns how many slots there are. */
  public int count() {
    return bits.cardinality();
  }

  /** Returns the slots that are in both. */
  public Slots and(Slots others) {
    return combine(others, BitSet::and);
  }

  /** Returns the slots that are in one of the two. */
  public Slots or(Slots others) {
    return combine(others, BitSet::or);
  }

  /** Returns the slots that are not in the other set. */
  public Slots minus(Slots others) {
    return combine(others, BitSet::andNot);
  }

  private Slots combine(Slots others, BiConsumer<BitSet, BitSet> operation) {
    BitSet result = (BitSet) bits.clone();
    operation.accept(result, others.bits);
    return new Slots(result);
  }

  /** Returns the fewest ranges that have these slots, in their order. */
  public List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    for (int first = bits.nextSetBit(0); first >= 0; ) {
      int end = bits.nextClearBit(first);
      ranges.add(new Range(first, end - 1));
      first = bits.nextSetBit(end);
    }
    return ranges;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slots slots && bits.equals(slots.bits);
  }

  @Override
  public int hashCode() {
    return bits.hashCode();
  }

  @Override
  public String toString() {
    return ranges().toString();
  }
}
