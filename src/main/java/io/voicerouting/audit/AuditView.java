package io.voicerouting.audit;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A change, as answers show it. */
@Schema(description = "A change, by the API or by SQL")
record AuditView(
    @Schema(description = "Id, assigned by the service", example = "7") long id,
    @Schema(description = "Time of the change", example = "2026-11-23T14:00:00Z")
        Instant occurredAt,
    @Schema(
            description = "The organization whose document was changed; null for no single one",
            example = "42")
        @Nullable Long organizationId,
    @Schema(description = "Kind of the document", example = "extension") String resource,
    @Schema(description = "Id of the document; null if many were changed", example = "7")
        @Nullable Long resourceId,
    @Schema(description = "What was done", example = "update") AuditAction action,
    @Schema(
            description =
                "Rows that were changed: 1 by the API, more by one SQL statement; null if unknown",
            example = "1")
        @Nullable Long rowCount,
    @Schema(
            type = "object",
            description =
                "Changed members, each with its value before and after; of lists the elements that"
                    + " were removed and added. Null if many documents were changed",
            example = "{\"status\": {\"before\": \"active\", \"after\": \"inactive\"}}")
        @Nullable Map<String, @Nullable Object> changes,
    @Schema(description = "How the change was made", example = "api") AuditSource source,
    @Schema(
            description = "Id of the token; null for SQL and for tokens of the settings",
            example = "7")
        @Nullable Long tokenId,
    @Schema(description = "Name of the token; null for SQL", example = "Acme back office")
        @Nullable String tokenName,
    @Schema(
            description = "X-Request-Id of the request; null for SQL",
            example = "0b6f1a52-1f1d-4a57-9d1c-2f3e4d5c6b7a")
        @Nullable String requestId,
    @Schema(description = "application_name of the connection; null for the API", example = "crm")
        @Nullable String applicationName,
    @Schema(description = "Login of the database; null for the API", example = "billing")
        @Nullable String databaseUser) {}
