package io.voicerouting.token;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.security.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token, as answers show it. */
@Schema(description = "A token of a client")
record TokenView(
    @Schema(description = "Id, assigned by the service", example = "7") long id,
    @Schema(description = "Increases with every change", example = "3") long version,
    @Schema(description = "Time of creation", example = "2026-11-23T14:00:00Z") Instant createdAt,
    @Schema(description = "Time of the last change", example = "2026-11-23T14:00:00Z")
        Instant updatedAt,
    @Schema(description = "Name of the client, shown in the audit log", example = "Acme PBX")
        String name,
    @Schema(description = "What the client may do", example = "platform") Role role,
    @Schema(
            description = "The only organization that the client may see; null for all",
            example = "42")
        @Nullable Long organizationId,
    @Schema(description = "When the token expires, or null", example = "2027-11-23T14:00:00Z")
        @Nullable Instant expiresAt,
    @Schema(description = "When the token was revoked, or null", example = "2026-12-01T08:00:00Z")
        @Nullable Instant revokedAt,
    @Schema(
            description = "When the token was last used, up to an hour late; or null",
            example = "2026-11-30T17:00:00Z")
        @Nullable Instant lastUsedAt,
    @Schema(description = "Whether there is a secret for signed webhooks", example = "false")
        boolean signatureSecretSet,
    @Schema(
            description = "The token itself; only in the answer that issues it, else null",
            example = "vrt_6hFyQb2jR0mY0v9b1uSxT8l3e5nKqWzAcDgHiJkLmNo")
        @Nullable String token) {

  /** Returns the view with the token itself. */
  TokenView with(String plainToken) {
    return new TokenView(
        id,
        version,
        createdAt,
        updatedAt,
        name,
        role,
        organizationId,
        expiresAt,
        revokedAt,
        lastUsedAt,
        signatureSecretSet,
        plainToken);
  }
}
