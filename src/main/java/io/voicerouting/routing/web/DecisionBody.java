package io.voicerouting.routing.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallUri;
import io.voicerouting.common.EvaluationInstant;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.PhoneTargets;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.routing.CallDirection;
import io.voicerouting.routing.CallerId;
import io.voicerouting.routing.DecisionRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A call as a platform describes it. Unknown members are ignored, because platforms send more than
 * is needed.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(name = "DecisionBody", description = "A call, as a platform describes it")
public record DecisionBody(
    @Schema(
            description =
                "Dialled extension number, or phone number with its plus sign; optional if inbound",
            example = "1001",
            pattern = PhoneTargets.EXTENSION_NUMBER_SCHEMA)
        @Nullable String to,
    @Schema(
            description =
                "The caller, in any form: it is cleaned and shortened to 255 characters, and never"
                    + " rejects the call",
            example = "+15550100")
        @JsonDeserialize(using = CallerId.Deserializer.class)
        @Nullable String from,
    @Schema(description = "Origin of the call", defaultValue = "internal")
        @Nullable CallDirection direction,
    @Schema(
            description = "Instant to evaluate; now if missing",
            example = "2026-11-23T14:00:00Z",
            format = "date-time")
        @Nullable String at)
    implements SelfValidating {

  /** Cleans the caller, and replaces a URI as the dialled number by its user part. */
  public DecisionBody {
    to = to == null ? null : CallUri.user(to);
    from = CallerId.clean(from);
  }

  /**
   * Creates the request for a decision. Unless the call states its direction, it is internal within
   * an organization and inbound without.
   *
   * @param organizationId null to find it by the dialled phone number
   */
  public DecisionRequest toRequest(@Nullable Long organizationId, InstantSource clock) {
    CallDirection assumed = organizationId == null ? CallDirection.INBOUND : CallDirection.INTERNAL;
    return new DecisionRequest(
        organizationId,
        to,
        from,
        direction == null ? assumed : direction,
        at == null ? clock.instant() : EvaluationInstant.of(at).value());
  }

  /**
   * Checks all rules. None of them is an annotation, because they also apply to the parameters of a
   * GET.
   */
  @Override
  public List<FieldError> validate() {
    return validate(Set.of());
  }

  /** Does not require {@code to} if the direction, which decides about that, could not be read. */
  @Override
  public List<FieldError> validate(Set<String> unreadable) {
    List<FieldError> errors = new ArrayList<>();
    if (to == null
        && direction != CallDirection.INBOUND
        && !unreadable.contains("to")
        && !unreadable.contains("direction")) {
      errors.add(new FieldError("to", "is required"));
    }
    if (to != null && !PhoneTargets.isExtensionNumber(to)) {
      errors.add(FieldError.unexpected("to", to, PhoneTargets.EXTENSION_NUMBER));
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
