package io.voicerouting.web;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Objects;
import java.util.Set;

/**
 * Describes the bodies of {@code PATCH}: the members of the body of a {@code PUT}, none of them
 * required and each of them possibly null.
 */
final class PatchSchemas {

  private static final String BODY = "Body";

  private PatchSchemas() {}

  static void describe(OpenAPI document) {
    document.getPaths().values().stream()
        .map(PathItem::getPatch)
        .filter(Objects::nonNull)
        .forEach(operation -> describe(operation, document.getComponents()));
  }

  private static void describe(Operation operation, Components components) {
    MediaType content =
        requireNonNull(operation.getRequestBody().getContent().get(MergePatch.MEDIA_TYPE));
    String reference = content.getSchema().get$ref();
    String body = reference.substring(Components.COMPONENTS_SCHEMAS_REF.length());
    String patch = body.replaceFirst(BODY + "$", "") + "Patch";
    components.addSchemas(patch, toPatch(requireNonNull(components.getSchemas().get(body))));
    content.setSchema(new Schema<>().$ref(patch));
  }

  private static Schema<?> toPatch(Schema<?> body) {
    Schema<?> patch = new ObjectSchema().description("Members to change; null resets a member");
    body.getProperties().forEach((name, member) -> patch.addProperty(name, orNull(member)));
    return patch;
  }

  private static Schema<?> orNull(Schema<?> member) {
    Schema<Object> changed = new Schema<>();
    changed.setDescription(member.getDescription());
    changed.addAnyOfItem(member);
    changed.addAnyOfItem(new Schema<>().types(Set.of("null")));
    return changed;
  }
}
