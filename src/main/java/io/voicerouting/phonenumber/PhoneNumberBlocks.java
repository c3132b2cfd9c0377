package io.voicerouting.phonenumber;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All blocks of numbers of all organizations, in one cached document. Immutable. */
public final class PhoneNumberBlocks {

  private static final int SHORTEST = "+123".length();
  private static final int LONGEST = "+123456789012345".length();

  private final Map<String, PhoneNumberBlock> byNumber;

  /** Collects blocks, each number once. */
  @JsonCreator
  public PhoneNumberBlocks(@JsonProperty("blocks") List<PhoneNumberBlock> blocks) {
    Map<String, PhoneNumberBlock> map = new LinkedHashMap<>();
    blocks.forEach(block -> map.put(block.block().number(), block));
    byNumber = Collections.unmodifiableMap(map);
  }

  /** The blocks, in the order of their collection. */
  @JsonProperty("blocks")
  public Collection<PhoneNumberBlock> blocks() {
    return byNumber.values();
  }

  /**
   * Finds the longest block that a number belongs to.
   *
   * @param number E.164 with its plus sign
   * @return null if there is none
   */
  public @Nullable PhoneNumberBlock find(String number) {
    for (int length = Math.min(number.length(), LONGEST); length >= SHORTEST; length--) {
      PhoneNumberBlock block = byNumber.get(number.substring(0, length));
      if (block != null) {
        return block;
      }
    }
    return null;
  }
}
