package io.voicerouting.common;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/** What a schedule does with a call while open, or while closed. */
@Embeddable
@Schema(description = "What to do with a call")
public record CallAction(
    @Schema(description = "Kind of target", example = "extension") @Enumerated(EnumType.STRING)
        CallActionType type,
    @Schema(
            description =
                "An extension number; the id of a group, room, menu or mailbox; or an E.164 number or SIP URI",
            example = "1001")
        String target) {}
