package io.voicerouting.actuate;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.EvictionSelection;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.web.RefusesNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bulk eviction in a request. No member may be null: an empty variable of a script must not
 * select more documents.
 */
@Schema(
    name = "EvictionBody",
    description =
        "Which documents to evict; all conditions must apply. Other members are tags of resources"
            + " with their values: type and ring_group_id of extensions, timezone of schedules and"
            + " organizations.",
    additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
record EvictionBody(
    @Schema(
            description = "Whether to evict everything; then there is no other condition",
            example = "false")
        @RefusesNull
        @Nullable Boolean all,
    @Schema(
            description =
                "Only documents of these organizations, at most "
                    + EvictionSelection.MAX_ORGANIZATIONS,
            example = "[42]")
        @RefusesNull
        @Nullable List<@Nullable Long> organizationIds,
    @Schema(
            description =
                "Only documents of this resource; by default, of every resource that has all of the"
                    + " tags",
            example = "extension")
        @RefusesNull
        @Nullable String resource,
    @Schema(description = "Whether to count only", example = "true") @RefusesNull
        @Nullable Boolean dryRun,
    @Schema(hidden = true) @JsonAnySetter @Nullable Map<String, @Nullable Object> tags) {

  boolean isDryRun() {
    return Boolean.TRUE.equals(dryRun);
  }

  /**
   * Returns the selection, which is valid.
   *
   * @throws InvalidFieldsException with everything that is invalid
   */
  EvictionSelection selection(List<CachedResource<?>> resources) {
    List<FieldError> errors = new ArrayList<>();
    Map<String, String> values = new TreeMap<>();
    if (tags != null) {
      tags.forEach((name, value) -> values.put(name, String.valueOf(value)));
    }
    List<Long> ids = organizationIds == null ? null : ids(organizationIds, errors);
    EvictionSelection selection =
        new EvictionSelection(Boolean.TRUE.equals(all), ids, resource, values);
    for (FieldError error : selection.errors(resources)) {
      if (!isKnownTag(error.field(), resources) || tag(error.field()) instanceof String) {
        errors.add(error);
      }
    }
    values.forEach(
        (name, text) -> {
          if (isKnownTag(name, resources) && !(tag(name) instanceof String)) {
            errors.add(FieldError.unexpected(name, text, "a string"));
          }
        });
    if (!errors.isEmpty()) {
      throw new InvalidFieldsException(errors);
    }
    return selection;
  }

  private @Nullable Object tag(String name) {
    return tags == null ? null : tags.get(name);
  }

  private static boolean isKnownTag(String name, List<CachedResource<?>> resources) {
    return resources.stream().anyMatch(one -> one.taggedKeys().tag(name).isPresent());
  }

  private static List<Long> ids(List<@Nullable Long> members, List<FieldError> errors) {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Long id = members.get(i);
      if (id == null) {
        errors.add(new FieldError("organization_ids[" + i + "]", "is required"));
      }
      ids.add(id == null ? Long.MAX_VALUE : id); // keeps the positions of the other ids
    }
    return ids;
  }
}
