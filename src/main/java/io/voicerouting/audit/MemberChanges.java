package io.voicerouting.audit;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The changed members of a document, as {@code {"name": {"before": ..., "after": ...}}}. For lists,
 * only the elements that were removed or added. Long values are left out.
 */
final class MemberChanges {

  /** Longest value that is recorded, in characters of JSON. */
  static final int LONGEST = 4_096;

  /** Members that the service assigns. */
  private static final Set<String> ASSIGNED =
      Set.of("id", "version", "created_at", "updated_at", "organization_id");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private MemberChanges() {}

  /**
   * Compares two documents.
   *
   * @param before null for a created one
   * @param after null for a deleted one
   */
  static ObjectNode between(@Nullable JsonNode before, @Nullable JsonNode after) {
    ObjectNode changes = NODES.objectNode();
    for (String member : members(before, after)) {
      JsonNode old = value(before, member);
      JsonNode current = value(after, member);
      if (!old.equals(current)) {
        boolean lists = old instanceof ArrayNode && current instanceof ArrayNode;
        ObjectNode change = changes.putObject(member);
        change.set("before", shorten(lists ? without(old, current) : old));
        change.set("after", shorten(lists ? without(current, old) : current));
      }
    }
    return changes;
  }

  private static Set<String> members(@Nullable JsonNode before, @Nullable JsonNode after) {
    Set<String> members = new TreeSet<>();
    if (before != null) {
      members.addAll(before.propertyNames());
    }
    if (after != null) {
      members.addAll(after.propertyNames());
    }
    members.removeAll(ASSIGNED);
    return members;
  }

  private static JsonNode value(@Nullable JsonNode document, String member) {
    JsonNode value = document == null ? null : document.get(member);
    return value == null ? NODES.nullNode() : value;
  }

  private static JsonNode without(JsonNode elements, JsonNode others) {
    ArrayNode left = NODES.arrayNode();
    Set<JsonNode> removed = new HashSet<>();
    others.forEach(removed::add);
    elements.forEach(
        element -> {
          if (!removed.contains(element)) {
            left.add(element);
          }
        });
    return left;
  }

  private static JsonNode shorten(JsonNode value) {
    int length = value.toString().length();
    return length <= LONGEST ? value : NODES.objectNode().put("omitted_characters", length);
  }
}
