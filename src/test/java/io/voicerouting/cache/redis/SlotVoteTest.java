package io.voicerouting.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlotVoteTest {

  private static final Slots LOW = slots(0, 8191);
  private static final Slots HIGH = slots(8192, 16383);

  private static Slots slots(int first, int last) {
    return Slots.of(List.of(new Slots.Range(first, last)));
  }

  /** The reply of a server that knows one primary for the low slots, and another for the others. */
  private static SlotTable table(String low, String high) {
    return SlotTable.parse(List.of(range(0, 8191, low), range(8192, 16383, high)));
  }

  private static List<Object> range(long first, long last, String id) {
    List<Object> primary =
        Arrays.asList("10.0.0.1".getBytes(UTF_8), 6379L, id.getBytes(UTF_8), List.of());
    return List.of(first, last, primary, List.of("a replica"));
  }

  @Test
  void mostServersDecide() {
    assertThat(
            SlotVote.count(
                List.of(table("a", "b"), table("a", "c"), table("a", "c")),
                Map.of("a", LOW, "b", HIGH)))
        .isEqualTo(Map.of("a", LOW, "c", HIGH));
  }

  @Test
  void contradictionChangesNothing() {
    assertThat(
            SlotVote.count(List.of(table("a", "c"), table("a", "b")), Map.of("a", LOW, "b", HIGH)))
        .isEqualTo(Map.of("a", LOW, "b", HIGH));
  }

  @Test
  void slotThatNobodyNamesKeepsItsPrimary() {
    SlotTable incomplete = SlotTable.parse(List.of(range(0, 8191, "a")));

    assertThat(SlotVote.count(List.of(incomplete), Map.of("a", LOW, "b", HIGH)))
        .isEqualTo(Map.of("a", LOW, "b", HIGH));
  }

  @Test
  void slotMovesWithoutTheOthers() {
    SlotTable moved =
        SlotTable.parse(
            List.of(
                range(0, 99, "a"),
                range(100, 100, "b"),
                range(101, 8191, "a"),
                range(8192, 16383, "b")));

    Map<String, Slots> counted = SlotVote.count(List.of(moved), Map.of("a", LOW, "b", HIGH));

    Slots left = LOW.minus(slots(100, 100));
    assertThat(counted).isEqualTo(Map.of("a", left, "b", HIGH.or(slots(100, 100))));
    assertThat(left.ranges()).containsExactly(new Slots.Range(0, 99), new Slots.Range(101, 8191));
  }

  @Test
  void hostOfAServerThatNamesNoneForItselfIsEmpty() {
    List<Object> primary = Arrays.asList(null, 6379L, "a".getBytes(UTF_8));

    assertThat(SlotTable.parse(List.of(List.of(0L, 1L, primary))).addresses())
        .isEqualTo(Map.of("a", ":6379"));
  }

  @Test
  void replyOfAnotherFormIsRefused() {
    assertThatThrownBy(() -> SlotTable.parse(List.of("none")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leaseHasTheSlotOfItsKey() {
    String key = "routing:extension:7:101";

    assertThat(Slots.slotOf(RedisKeys.lease(key))).isEqualTo(Slots.slotOf(key));
  }
}
