package io.voicerouting.override;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.OverrideMode;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.common.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to switch an override on or off. Members may be null until the body has been validated.
 */
@Schema(name = "OverrideToggle", description = "Which override to switch on or off")
record OverrideToggle(
    @Schema(
            description =
                "True for on, false for off: repeating the request then changes nothing; null for"
                    + " the other state than now",
            example = "true")
        @Nullable Boolean active,
    @Schema(
            description = "What it applies to",
            defaultValue = "organization",
            example = "organization")
        @Nullable OverrideScope scope,
    @Schema(
            description = "Id of the schedule; only for, and required by, scope schedule",
            example = "null")
        @Nullable
        @Positive(message = "(expected: a positive 64-bit integer)")
        Long businessHoursScheduleId,
    @Schema(
            description = "Id of the phone number; only for, and required by, scope number",
            example = "null")
        @Nullable
        @Positive(message = "(expected: a positive 64-bit integer)")
        Long phoneNumberId,
    @Schema(description = "What it does with business hours", example = "closed") @NotNull
        OverrideMode mode,
    @Schema(description = "What to do with calls; only for, and required by, mode action")
        @Nullable CallAction action,
    @Schema(
            type = "string",
            description = "When it is over if it is switched on, as for a new override",
            example = "cleared")
        @NotNull
        OverrideEnd until,
    @Schema(description = "Why: " + Text.DESCRIPTION, example = "Night service") @Nullable @Text
        String note)
    implements SelfValidating {

  @Override
  public List<FieldError> validate() {
    return toBody().validate();
  }

  /** The override to create if it is switched on. */
  OverrideBody toBody() {
    return new OverrideBody(
        scope, businessHoursScheduleId, phoneNumberId, mode, action, null, until, note);
  }
}
