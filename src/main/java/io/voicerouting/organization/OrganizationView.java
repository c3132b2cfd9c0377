package io.voicerouting.organization;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * An organization as APIs and the cache show it.
 *
 * @param timezone time zone as stored; an IANA id unless other applications wrote nonsense
 */
@Schema(description = "An organization")
public record OrganizationView(
    @Schema(description = "Id, given by the service", example = "7") long id,
    @Schema(description = "Moves with every change", example = "3") long version,
    @Schema(description = "When it was stored", example = "2026-11-23T14:00:00Z") Instant createdAt,
    @Schema(description = "When it last changed", example = "2026-11-23T14:00:00Z")
        Instant updatedAt,
    @Schema(description = "Name for people", example = "Acme Telephony") String name,
    @Schema(description = "IANA time zone id", example = "America/New_York") String timezone,
    @Schema(description = "Whether calls are routed", example = "active")
        OrganizationStatus status) {}
