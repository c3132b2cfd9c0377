package io.voicerouting.extension;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An extension as APIs and the cache show it.
 *
 * @param extensionNumber what callers dial, {@code [0-9*#+]{1,16}}
 * @param displayName name shown on phones; null when none was given
 * @param configuration settings by type, as stored; other applications may have written anything
 */
@Schema(description = "An extension")
public record ExtensionView(
    @Schema(description = "Id, given by the service", example = "7") long id,
    @Schema(description = "Moves with every change", example = "3") long version,
    @Schema(description = "When it was stored", example = "2026-11-23T14:00:00Z") Instant createdAt,
    @Schema(description = "When it last changed", example = "2026-11-23T14:00:00Z")
        Instant updatedAt,
    @Schema(description = "Organization it belongs to", example = "42") long organizationId,
    @Schema(description = "What callers dial", example = "1001") String extensionNumber,
    @Schema(description = "What answers", example = "user") ExtensionType type,
    @Schema(description = "Whether it takes calls", example = "active") ExtensionStatus status,
    @Schema(
            description = "Name shown on phones; null when none was given",
            example = "Ada Lovelace")
        @Nullable String displayName,
    @Schema(description = "Whether it has a mailbox", example = "true") boolean voicemailEnabled,
    @Schema(
            description = "Settings by type, as stored; null when there are none",
            example = "{\"timeout_seconds\": 20}")
        @Nullable Map<String, @Nullable Object> configuration) {

  /**
   * Copies the configuration, whose values may be null, in one order: what a caller sent and what
   * the database gives back of it are to be the same document, with the same entity tag.
   */
  public ExtensionView {
    if (configuration != null) {
      configuration = Collections.unmodifiableMap(new TreeMap<>(configuration));
    }
  }
}
