package io.voicerouting.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the audit log shows of long values. */
class MemberChangesTest {

  private static final int QUOTES = 2;

  @Test
  void longValueIsReplacedByItsLength() {
    ObjectNode before = document("a".repeat(MemberChanges.LONGEST - QUOTES));
    ObjectNode after = document("a".repeat(MemberChanges.LONGEST - QUOTES + 1));

    ObjectNode changes = MemberChanges.between(before, after);

    assertThat(changes.at("/note/before")).isEqualTo(before.get("note"));
    assertThat(changes.at("/note/after")).hasToString("{\"omitted_characters\":4097}");
  }

  private static ObjectNode document(String note) {
    return JsonNodeFactory.instance.objectNode().put("note", note);
  }
}
