package io.voicerouting.extension;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An extension as answers and the cache show it.
 *
 * @param configuration settings of the type, as stored; other applications may have written
 *     anything
 */
@Schema(description = "An extension")
public record ExtensionView(
    @Schema(description = "Id, assigned by the service", example = "7") long id,
    @Schema(description = "Increases with every change", example = "3") long version,
    @Schema(description = "Time of creation", example = "2026-11-23T14:00:00Z") Instant createdAt,
    @Schema(description = "Time of the last change", example = "2026-11-23T14:00:00Z")
        Instant updatedAt,
    @Schema(description = "Id of the organization", example = "42") long organizationId,
    @Schema(description = "Number to dial", example = "1001") String extensionNumber,
    @Schema(description = "Kind of extension", example = "user") ExtensionType type,
    @Schema(description = "Whether it accepts calls", example = "active") ExtensionStatus status,
    @Schema(description = "Name shown on phones, or null", example = "Ada Lovelace")
        @Nullable String displayName,
    @Schema(
            description =
                "Whether it has a mailbox, which records missed calls; the mailbox has its number",
            example = "true")
        boolean voicemailEnabled,
    @Schema(
            description =
                "Whether calls go directly to what follows a missed call, or are rejected; an enabled"
                    + " forward takes precedence",
            example = "false")
        boolean doNotDisturb,
    @Schema(description = "False if forward_to is kept but not followed", example = "true")
        boolean forwardEnabled,
    @Schema(
            description = "Settings of the type, as stored, or null",
            example = "{\"timeout_seconds\": 20}")
        @Nullable Map<String, @Nullable Object> configuration) {

  /**
   * Copies the configuration, sorted by member and with its null values. The order of members in a
   * request must not change the document or its entity tag.
   */
  public ExtensionView {
    if (configuration != null) {
      configuration = Collections.unmodifiableMap(new TreeMap<>(configuration));
    }
  }
}
