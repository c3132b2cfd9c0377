package io.voicerouting.routing.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallUri;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.PhoneTargets;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.routing.CallDirection;
import io.voicerouting.routing.CallerId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A call to a phone number as a platform describes it. Unknown members are ignored, because
 * platforms send more than is needed.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(name = "NumberDecisionBody", description = "A call to a phone number")
record NumberDecisionBody(
    @Schema(
            description = "Dialled phone number, E.164 with its plus sign",
            example = "+15550100",
            requiredMode = Schema.RequiredMode.REQUIRED,
            pattern = PhoneTargets.E164_SCHEMA)
        @Nullable String to,
    @Schema(
            description =
                "The caller, in any form: it is cleaned and shortened to 255 characters, and never"
                    + " rejects the call",
            example = "+15550199")
        @JsonDeserialize(using = CallerId.Deserializer.class)
        @Nullable String from,
    @Schema(description = "Origin of the call", defaultValue = "inbound")
        @Nullable CallDirection direction,
    @Schema(
            description = "Instant to evaluate; now if missing",
            example = "2026-11-23T14:00:00Z",
            format = "date-time")
        @Nullable String at)
    implements SelfValidating {

  /** Replaces a URI as the dialled number by its user part. */
  NumberDecisionBody {
    to = to == null ? null : CallUri.user(to);
  }

  /** The call, for the rules that all calls share. */
  DecisionBody toCall() {
    return new DecisionBody(to, from, direction, at);
  }

  @Override
  public List<FieldError> validate() {
    List<FieldError> errors = new ArrayList<>();
    if (to == null) {
      errors.add(new FieldError("to", "is required"));
    } else if (!PhoneTargets.isE164(to)) {
      errors.add(FieldError.unexpected("to", to, "phone number, E.164 with its plus sign"));
    }
    toCall().validate().stream().filter(error -> !error.field().equals("to")).forEach(errors::add);
    return errors;
  }
}
