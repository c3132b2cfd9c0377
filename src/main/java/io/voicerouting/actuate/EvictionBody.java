package io.voicerouting.actuate;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.cache.EvictionSelection;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bulk eviction in a request. */
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
        @Nullable Boolean all,
    @Schema(
            description =
                "Only documents of these organizations, at most "
                    + EvictionSelection.MAX_ORGANIZATIONS,
            example = "[42]")
        @Nullable List<@Nullable Long> organizationIds,
    @Schema(
            description =
                "Only documents of this resource; by default, of every resource that has all of the"
                    + " tags",
            example = "extension")
        @Nullable String resource,
    @Schema(description = "Whether to count only", example = "true") @Nullable Boolean dryRun,
    @Schema(hidden = true) @JsonAnySetter @Nullable Map<String, @Nullable Object> tags) {

  boolean isDryRun() {
    return Boolean.TRUE.equals(dryRun);
  }

  /**
   * Returns the selection.
   *
   * @throws InvalidFieldsException if a tag is not a string, or an id is null
   */
  EvictionSelection selection() {
    List<FieldError> errors = new ArrayList<>();
    Map<String, String> values = new TreeMap<>();
    if (tags != null) {
      tags.forEach(
          (name, value) -> {
            if (value instanceof String text) {
              values.put(name, text);
            } else {
              errors.add(FieldError.unexpected(name, String.valueOf(value), "a string"));
            }
          });
    }
    List<Long> ids = organizationIds == null ? null : ids(organizationIds, errors);
    if (!errors.isEmpty()) {
      throw new InvalidFieldsException(errors);
    }
    return new EvictionSelection(Boolean.TRUE.equals(all), ids, resource, values);
  }

  private static List<Long> ids(List<@Nullable Long> members, List<FieldError> errors) {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Long id = members.get(i);
      if (id == null) {
        errors.add(new FieldError("organization_ids[" + i + "]", "is required"));
      } else {
        ids.add(id);
      }
    }
    return ids;
  }
}
