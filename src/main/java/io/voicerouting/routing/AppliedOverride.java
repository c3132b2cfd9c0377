package io.voicerouting.routing;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallOverride;
import io.voicerouting.common.OverrideMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The override that applies at the instant of an answer. */
@Schema(description = "The override that applies")
public record AppliedOverride(
    @Schema(description = "Id of the override", example = "12") long id,
    @Schema(description = "What it does with business hours", example = "closed") OverrideMode mode,
    @Schema(
            description = "When it is over; null if only when it is cleared",
            example = "2026-11-23T15:00:00Z")
        @Nullable Instant endsAt,
    @Schema(description = "Who created it", example = "admin") String createdBy) {

  /** Shows an override; null for none. */
  static @Nullable AppliedOverride of(@Nullable CallOverride override) {
    return override == null
        ? null
        : new AppliedOverride(
            override.id(), override.mode(), override.endsAt(), override.createdBy());
  }
}
