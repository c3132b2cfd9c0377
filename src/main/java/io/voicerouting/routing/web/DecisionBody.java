package io.voicerouting.routing.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.routing.CallDirection;
import io.voicerouting.web.CheckedBody;
import io.voicerouting.web.FieldError;
import io.voicerouting.web.PhoneTargets;
import io.voicerouting.web.Text;
import jakarta.validation.constraints.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call, as a platform describes it; platforms send more than is needed, which is ignored. */
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(name = "DecisionBody")
record DecisionBody(
    @Schema(description = "Dialled extension number; optional when inbound", example = "1001")
        @Nullable
        @Pattern(
            regexp = PhoneTargets.EXTENSION_NUMBER,
            message = "(expected: " + PhoneTargets.EXTENSION_NUMBER + ")")
        String to,
    @Schema(description = "Who calls", example = "+15550100") @Nullable @Text String from,
    @Schema(description = "Where the call comes from", defaultValue = "internal")
        @Nullable CallDirection direction,
    @Schema(description = "Instant to evaluate instead of now", example = "2026-11-23T14:00:00Z")
        @Nullable String at)
    implements CheckedBody {

  @Override
  public List<FieldError> problems() {
    List<FieldError> errors = new ArrayList<>();
    if (to == null && direction != CallDirection.INBOUND) {
      errors.add(new FieldError("to", "is required"));
    }
    if (at != null) {
      try {
        EvaluationInstant.of(at);
      } catch (IllegalArgumentException e) {
        errors.add(new FieldError("at", String.valueOf(e.getMessage())));
      }
    }
    return errors;
  }
}
