package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.businesshours.BusinessHoursState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a call, why, and how long the decision is valid.
 *
 * @param path the steps that led to the decision: {@code number:<dialled phone number>} and {@code
 *     block:<first digits>} if it belongs to a block, {@code sip_domain:<domain>} if that gave the
 *     organization, {@code caller:<match>[:<value>]} if a caller rule applies, {@code
 *     organization:42} if the organization itself decided, {@code
 *     business_hours:open|closed|none|ignored} (none: there is no valid schedule; ignored: the
 *     number ignores hours), {@code override:<id>} if an override applies, {@code
 *     action:<type>:<target>}, {@code extension:<number>}, {@code forward:<target>}
 */
@Schema(description = "What to do with a call, why, and how long the decision is valid")
public record Decision(
    @Schema(
            description = "Id of the organization; null if the dialled number belongs to none",
            example = "42")
        @Nullable Long organizationId,
    @Schema(
            description = "The dialled phone or extension number; null if there is none",
            example = "1001")
        @Nullable String to,
    @Schema(description = "The caller; null if unknown", example = "+15550100")
        @Nullable String from,
    @Schema(description = "Origin of the call", example = "inbound") CallDirection direction,
    @Schema(description = "Whether the call is routed", example = "route") DecisionOutcome outcome,
    @Schema(
            description = "What to do",
            example =
                "{\"type\": \"dial_extension\", \"extension\": \"1001\", \"timeout_seconds\": 30}")
        RoutingAction action,
    @Schema(description = "Why the decision was made", example = "extension_active")
        DecisionReason reason,
    @Schema(
            description = "The steps that led to the decision",
            example = "[\"business_hours:open\", \"extension:1001\"]")
        List<String> path,
    @Schema(description = "State of the hours; null if the decision did not depend on them")
        @Nullable Hours businessHours,
    @Schema(
            description = "The instant for which the decision was made",
            example = "2026-11-23T14:00:00Z")
        Instant evaluatedAt,
    @Schema(
            description =
                "Next change of the state or action by schedule or override; null if the decision"
                    + " did not depend on them",
            example = "2026-11-23T22:00:00Z")
        @Nullable Instant validUntil,
    @Schema(
            description =
                "True if the database was unavailable, so that cache entries may be out of date",
            example = "false")
        boolean degraded) {

  public Decision {
    path = List.copyOf(path);
  }

  /** Returns the rejection of this call because stored rows are invalid for its platform. */
  public Decision rejectAsInvalid() {
    DecisionReason invalid = DecisionReason.CONFIGURATION_INVALID;
    return new Decision(
        organizationId,
        to,
        from,
        direction,
        DecisionOutcome.REJECT,
        new RoutingAction.Reject(Objects.requireNonNull(invalid.cause())),
        invalid,
        path,
        businessHours,
        evaluatedAt,
        validUntil,
        degraded);
  }

  /** The business hours at the instant of the decision. */
  @Schema(description = "The business hours at the instant of the decision")
  public record Hours(
      @Schema(
              description = "Id of the schedule; null if there is none, and an override decided",
              example = "7")
          @Nullable Long scheduleId,
      @Schema(description = "Open or closed", example = "open") BusinessHoursState state,
      @Schema(
              description =
                  "First later instant with a different state; null if there is none within 366 days",
              example = "2026-11-23T22:00:00Z")
          @Nullable Instant nextChangeAt,
      @Schema(description = "The override that applies, if any")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable AppliedOverride override) {}
}
