package io.voicerouting.override;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.ActionRules;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.OverrideMode;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.common.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request to create an override. Members may be null until the body has been validated. */
@Schema(name = "OverrideBody", description = "An override in a request")
record OverrideBody(
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
    @Schema(
            description =
                "open and closed replace the hours; action sends all inbound calls to the action",
            example = "closed")
        @NotNull
        OverrideMode mode,
    @Schema(description = "What to do with calls; only for, and required by, mode action")
        @Nullable CallAction action,
    @Schema(description = "When it begins; now if missing", example = "null")
        @Nullable Instant startsAt,
    @Schema(
            type = "string",
            description =
                "When it is over: an instant, a duration from its begin on (PT2H), next_change (the"
                    + " next time the hours open or close, stored as that instant), or cleared (only"
                    + " when somebody clears it)",
            example = "PT2H")
        @NotNull
        OverrideEnd until,
    @Schema(description = "Why: " + Text.DESCRIPTION, example = "Team meeting") @Nullable @Text
        String note)
    implements SelfValidating {

  private static final Instant EARLIEST = Instant.parse("0001-01-02T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9998-12-31T00:00:00Z");

  @Override
  public List<FieldError> validate() {
    List<FieldError> errors = new ArrayList<>();
    checkId("business_hours_schedule_id", businessHoursScheduleId, OverrideScope.SCHEDULE, errors);
    checkId("phone_number_id", phoneNumberId, OverrideScope.NUMBER, errors);
    if (mode == OverrideMode.ACTION && action == null) {
      errors.add(new FieldError("action", "is required if mode is action"));
    } else if (mode != null && mode != OverrideMode.ACTION && action != null) {
      errors.add(new FieldError("action", "(expected: none unless mode is action)"));
    }
    errors.addAll(ActionRules.check("action", action));
    if (startsAt != null && (startsAt.isBefore(EARLIEST) || startsAt.isAfter(LATEST))) {
      errors.add(
          FieldError.unexpected("starts_at", startsAt, "RFC 3339 instant, years 0001 to 9998"));
    }
    return errors;
  }

  private void checkId(
      String field, @Nullable Long id, OverrideScope itsScope, List<FieldError> errors) {
    boolean required = scopeOrDefault() == itsScope;
    if (required && id == null) {
      errors.add(new FieldError(field, "is required if scope is " + itsScope.code()));
    } else if (!required && id != null) {
      errors.add(FieldError.unexpected(field, id, "none unless scope is " + itsScope.code()));
    }
  }

  OverrideScope scopeOrDefault() {
    return Objects.requireNonNullElse(scope, OverrideScope.ORGANIZATION);
  }
}
