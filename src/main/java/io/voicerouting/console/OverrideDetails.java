package io.voicerouting.console;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.OverrideMode;
import io.voicerouting.override.OverrideOrigin;
import io.voicerouting.override.OverrideScope;
import io.voicerouting.override.OverrideView;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The row of an override that decides. Times are local times of the week. */
@Schema(description = "An override that decides: who created it, why and until when")
record OverrideDetails(
    @Schema(description = "Id", example = "12") long id,
    @Schema(description = "What it applies to", example = "organization") OverrideScope scope,
    @Schema(description = "What it does with business hours", example = "closed") OverrideMode mode,
    @Schema(description = "Why it was created; null if nobody said so", example = "Team meeting")
        @Nullable String note,
    @Schema(description = "Who created it: the name of the token", example = "admin")
        String createdBy,
    @Schema(description = "How it was created", example = "api") OverrideOrigin createdVia,
    @Schema(description = "Local time of its beginning", example = "2026-11-23T09:00:00-05:00")
        OffsetDateTime startsAt,
    @Schema(
            description = "Local time of its end; null if only when it is cleared",
            example = "2026-11-23T10:00:00-05:00")
        @Nullable OffsetDateTime endsAt,
    @Schema(
            description = "Local time at which it was cleared; null if it was not",
            example = "null")
        @Nullable OffsetDateTime clearedAt,
    @Schema(description = "Who cleared it; null if nobody did", example = "null")
        @Nullable String clearedBy) {

  static OverrideDetails of(OverrideView override, ZoneId zone) {
    return new OverrideDetails(
        override.id(),
        override.scope(),
        override.mode(),
        override.note(),
        override.createdBy(),
        override.createdVia(),
        override.startsAt().atZone(zone).toOffsetDateTime(),
        local(override.endsAt(), zone),
        local(override.clearedAt(), zone),
        override.clearedBy());
  }

  private static @Nullable OffsetDateTime local(@Nullable Instant at, ZoneId zone) {
    return at == null ? null : at.atZone(zone).toOffsetDateTime();
  }
}
