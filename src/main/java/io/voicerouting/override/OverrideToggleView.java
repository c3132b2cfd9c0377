package io.voicerouting.override;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The state after a toggle. */
@Schema(description = "The state after a toggle")
record OverrideToggleView(
    @Schema(description = "Whether the override is in force", example = "true") boolean active,
    @Schema(description = "The override in force; null if there is none")
        @Nullable OverrideView override) {}
