package io.voicerouting.token;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.common.Text;
import io.voicerouting.security.Role;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token in a request. Read-only members are ignored, so that a document from {@code GET} can be
 * {@code PUT} back.
 */
@JsonIgnoreProperties({
  "id",
  "version",
  "created_at",
  "updated_at",
  "revoked_at",
  "last_used_at",
  "signature_secret_set",
  "token"
})
@Schema(name = "TokenBody", description = "A token in a request")
record TokenBody(
    @Schema(
            description =
                "Name of the client, shown in the audit log: "
                    + Text.DESCRIPTION
                    + "; it does not"
                    + " begin with settings:",
            example = "Acme PBX")
        @NotNull
        @Text
        String name,
    @Schema(description = "What the client may do", example = "platform") @NotNull Role role,
    @Schema(
            description =
                "The only organization that the client may see; null for all, as for role ops",
            example = "42")
        @Nullable
        @Positive(message = "(expected: a positive 64-bit integer)")
        Long organizationId,
    @Schema(
            description = "When the token expires; null for never",
            example = "2027-11-23T14:00:00Z")
        @Nullable Instant expiresAt)
    implements SelfValidating {

  private static final String SETTINGS = "settings:";
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  @Override
  @SuppressWarnings("ConstantValue") // members may be null here
  public List<FieldError> validate() {
    List<FieldError> errors = new ArrayList<>();
    if (name != null && name.startsWith(SETTINGS)) {
      errors.add(
          FieldError.unexpected("name", name, "a name that does not begin with " + SETTINGS));
    }
    if (role == Role.OPS && organizationId != null) {
      errors.add(
          FieldError.unexpected(
              "organization_id", organizationId, "null, since operations are for all"));
    }
    if (expiresAt != null && (expiresAt.isBefore(EARLIEST) || !expiresAt.isBefore(LATEST))) {
      errors.add(
          FieldError.unexpected("expires_at", expiresAt, "RFC 3339 instant, years 2000 to 9998"));
    }
    return errors;
  }

  void applyTo(ApiToken row) {
    row.setName(name);
    row.setRole(role);
    row.setOrganizationId(organizationId);
    row.setExpiresAt(expiresAt);
  }
}
