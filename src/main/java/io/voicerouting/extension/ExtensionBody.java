package io.voicerouting.extension;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.PhoneTargets;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.common.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An extension in a request. Read-only members are ignored, so that a document from {@code GET} can
 * be {@code PUT} back.
 */
@JsonIgnoreProperties({"id", "version", "created_at", "updated_at", "organization_id"})
@Schema(name = "ExtensionBody", description = "An extension in a request")
record ExtensionBody(
    @Schema(description = "Number to dial", example = "1001")
        @NotNull
        @Pattern(
            regexp = PhoneTargets.EXTENSION_NUMBER_SCHEMA,
            message = "(expected: " + PhoneTargets.EXTENSION_NUMBER + ")")
        String extensionNumber,
    @Schema(description = "Kind of extension", example = "user") @NotNull ExtensionType type,
    @Schema(description = "Whether it accepts calls", defaultValue = "active", example = "active")
        @Nullable ExtensionStatus status,
    @Schema(description = "Name shown on phones: " + Text.DESCRIPTION, example = "Ada Lovelace")
        @Nullable
        @Text
        String displayName,
    @Schema(
            description =
                "Whether it has a mailbox, which records missed calls; the mailbox has its number",
            defaultValue = "false",
            example = "true")
        @Nullable Boolean voicemailEnabled,
    @Schema(
            description =
                "Whether calls go directly to what follows a missed call, or are rejected; an"
                    + " enabled forward takes precedence",
            defaultValue = "false",
            example = "false")
        @Nullable Boolean doNotDisturb,
    @Schema(
            description = "False if forward_to is kept but not followed",
            defaultValue = "true",
            example = "true")
        @Nullable Boolean forwardEnabled,
    @Schema(
            description =
                "Settings by type: conference {conference_room_id}, ring_group {ring_group_id}, ivr"
                    + " {ivr_menu_id}, ai_assistant {provider, phone_number}, forward {forward_to},"
                    + " user {forward_to, no_answer_to, timeout_seconds}, all optional. forward_to"
                    + " and no_answer_to are extension numbers, E.164 numbers, or sip: or sips:"
                    + " URIs. A member that is null or empty is not set.",
            example = "{\"timeout_seconds\": 20}")
        @Nullable Map<String, @Nullable Object> configuration)
    implements SelfValidating {

  /** Removes members of the configuration that are not set. */
  ExtensionBody {
    configuration = ConfigurationMembers.withoutUnset(configuration);
  }

  @Override
  public List<FieldError> validate() {
    return (Object) type == null ? List.of() : ConfigurationRules.check(type, configuration);
  }

  void applyTo(Extension extension) {
    extension.setExtensionNumber(extensionNumber);
    extension.setType(type);
    extension.setStatus(status == null ? ExtensionStatus.ACTIVE : status);
    extension.setDisplayName(displayName);
    extension.setVoicemailEnabled(Boolean.TRUE.equals(voicemailEnabled));
    extension.setDoNotDisturb(Boolean.TRUE.equals(doNotDisturb));
    extension.setForwardEnabled(!Boolean.FALSE.equals(forwardEnabled));
    extension.setConfiguration(configuration);
  }
}
