package io.voicerouting.organization;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallOverride;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An organization as answers and the cache show it.
 *
 * @param timezone time zone as stored; other applications may have written something else than an
 *     IANA id
 */
@Schema(description = "An organization")
public record OrganizationView(
    @Schema(description = "Id, assigned by the service", example = "7") long id,
    @Schema(description = "Increases with every change", example = "3") long version,
    @Schema(description = "Time of creation", example = "2026-11-23T14:00:00Z") Instant createdAt,
    @Schema(description = "Time of the last change", example = "2026-11-23T14:00:00Z")
        Instant updatedAt,
    @Schema(description = "Display name", example = "Acme Telephony") String name,
    @Schema(description = "IANA time zone id", example = "America/New_York") String timezone,
    @Schema(description = "Whether calls are routed", example = "active") OrganizationStatus status,
    @Schema(
            description = "The SIP domain by which platforms name it, lower case; or null",
            example = "acme.example")
        @Nullable String sipDomain,
    @Schema(description = "Its overrides that are not over, the newest first; only in the cache")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable List<CallOverride> overrides) {}
