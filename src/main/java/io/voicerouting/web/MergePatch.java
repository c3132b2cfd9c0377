package io.voicerouting.web;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a {@code PATCH}: members to change in a stored document (RFC 7396). A controller
 * declares it as its {@code @RequestBody}; the service calls {@link #apply} with the stored
 * document, under the lock that lasts until the change is committed.
 *
 * @param <B> the body of a {@code PUT} of the same document
 */
public final class MergePatch<B> implements Function<Object, B> {

  /** The media type of a patch, for {@code consumes}. */
  public static final String MEDIA_TYPE = "application/merge-patch+json";

  /** Description of every operation with a patch, for the API document. */
  public static final String DESCRIPTION =
      "Merges a patch into the document (RFC 7396): members that the patch does not name stay as"
          + " they are, null resets a member to its default, and a list is replaced as a whole. The"
          + " result is validated like the body of a PUT.";

  private final JsonNode patch;
  private final Type bodyType;
  private final RequestBodies bodies;

  MergePatch(JsonNode patch, Type bodyType, RequestBodies bodies) {
    this.patch = patch;
    this.bodyType = bodyType;
    this.bodies = bodies;
  }

  /**
   * Applies the patch, and validates the result like the body of a {@code PUT}.
   *
   * @param stored the document as answers show it
   * @throws InvalidFieldsException with everything that is invalid
   */
  @Override
  @SuppressWarnings("unchecked") // the converter passes the type B
  public B apply(Object stored) {
    if (!(patch instanceof ObjectNode changes)) {
      throw new InvalidFieldsException(
          List.of(new FieldError(JsonBodyReader.BODY, "is not an object")));
    }
    ObjectNode document = (ObjectNode) bodies.toTree(stored);
    merge(document, changes);
    B body = (B) bodies.read(document, bodyType);
    if (body == null) {
      throw new IllegalStateException("An object was bound to null");
    }
    return body;
  }

  /**
   * Merges the changes into the target. Null removes a member; null for a missing member is kept,
   * because binding then rejects the name if it is unknown.
   */
  private static void merge(ObjectNode target, ObjectNode changes) {
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      String name = change.getKey();
      JsonNode value = change.getValue();
      if (value instanceof ObjectNode nested) {
        merge(objectAt(target, name), nested);
      } else if (!value.isNull() || !target.has(name)) {
        target.set(name, value.deepCopy());
      } else {
        target.remove(name);
      }
    }
  }

  private static ObjectNode objectAt(ObjectNode target, String name) {
    if (target.get(name) instanceof ObjectNode present) {
      return present;
    }
    ObjectNode created = JsonNodeFactory.instance.objectNode();
    target.set(name, created);
    return created;
  }
}
