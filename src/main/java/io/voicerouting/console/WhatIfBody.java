package io.voicerouting.console;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.businesshours.BusinessHoursBody;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.routing.web.DecisionBody;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call, and a schedule as it might be. Members may be null until the body has been validated. */
@Schema(description = "A call, and a schedule as it might be")
record WhatIfBody(
    @Schema(description = "Id of the organization; null to find it by phone number", example = "42")
        @Nullable
        @Positive(message = "(expected: a positive 64-bit integer)")
        Long organizationId,
    @NotNull DecisionBody call,
    @NotNull @Valid BusinessHoursBody schedule)
    implements SelfValidating {

  @Override
  public List<FieldError> validate() {
    List<FieldError> errors = new ArrayList<>();
    if (call != null) {
      call.validate().forEach(error -> errors.add(within("call", error)));
    }
    if (schedule != null) {
      schedule.validate().forEach(error -> errors.add(within("schedule", error)));
    }
    return errors;
  }

  private static FieldError within(String member, FieldError error) {
    return new FieldError(member + "." + error.field(), error.message());
  }
}
