package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How a selection is described in rows, answers and the log. */
class EvictionSelectionTest {

  @Test
  void conditionsAreNamedAsInTheRequest() {
    EvictionSelection ringGroup =
        new EvictionSelection(
            false,
            List.of(42L, 43L),
            "extension",
            Map.of("type", "ring_group", "ring_group_id", "sales"));

    assertThat(ringGroup.describe())
        .isEqualTo(
            "organization_ids=42,43, resource=extension, ring_group_id=sales, type=ring_group");
    assertThat(new EvictionSelection(true, null, null, Map.of()).describe()).isEqualTo("all=true");
  }

  @Test
  void onlyTheFirstOfManyOrganizationsAreNamed() {
    List<Long> ids =
        LongStream.rangeClosed(1, EvictionSelection.MAX_ORGANIZATIONS).boxed().toList();

    assertThat(new EvictionSelection(false, ids, null, Map.of()).describe())
        .isEqualTo("organization_ids=1,2,3,4,5,6,7,8,9,10 and 990 more");
  }
}
