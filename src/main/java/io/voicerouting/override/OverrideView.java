package io.voicerouting.override;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.OverrideMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An override as answers show it. */
@Schema(description = "An override of business hours")
public record OverrideView(
    @Schema(description = "Id, assigned by the service", example = "12") long id,
    @Schema(description = "1 after it was cleared", example = "0") long version,
    @Schema(description = "Time of creation", example = "2026-11-23T14:00:00Z") Instant createdAt,
    @Schema(description = "Time of the last change", example = "2026-11-23T14:00:00Z")
        Instant updatedAt,
    @Schema(description = "Id of the organization", example = "42") long organizationId,
    @Schema(description = "What it applies to", example = "organization") OverrideScope scope,
    @Schema(
            description = "Id of the schedule, if the scope is schedule; null if it was deleted",
            example = "7")
        @Nullable Long businessHoursScheduleId,
    @Schema(
            description = "Id of the phone number, if the scope is number; null if it was deleted",
            example = "9")
        @Nullable Long phoneNumberId,
    @Schema(description = "What it does with business hours", example = "closed") OverrideMode mode,
    @Schema(description = "What to do with calls, if the mode is action; else null")
        @Nullable CallAction action,
    @Schema(description = "When it begins", example = "2026-11-23T14:00:00Z") Instant startsAt,
    @Schema(
            description = "When it is over; null if only when it is cleared",
            example = "2026-11-23T15:00:00Z")
        @Nullable Instant endsAt,
    @Schema(description = "Why it was created", example = "Team meeting") @Nullable String note,
    @Schema(description = "Who created it: the name of the token", example = "admin")
        String createdBy,
    @Schema(description = "How it was created", example = "api") OverrideOrigin createdVia,
    @Schema(description = "When it was cleared; null if it was not", example = "null")
        @Nullable Instant clearedAt,
    @Schema(description = "Who cleared it; null if nobody did", example = "null")
        @Nullable String clearedBy) {}
