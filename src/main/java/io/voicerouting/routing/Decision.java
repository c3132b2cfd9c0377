package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.businesshours.BusinessHoursState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a call, why, and until when that holds.
 *
 * @param to the dialled extension number; null when there was none
 * @param from who calls; null when not said
 * @param path the steps that led here: {@code organization:42} when the organization itself
 *     decided, {@code business_hours:open|closed|none} (none: no state came of it), {@code
 *     action:<type>:<target>}, {@code extension:<number>}, {@code forward:<target>}
 * @param businessHours the state of the schedule; null when hours played no part
 * @param evaluatedAt the instant the decision is for
 * @param validUntil the next change of business hours when they played a part; else null
 * @param degraded whether the database could not be asked, so that the freshness of a copy cannot
 *     be vouched for
 */
@JsonPropertyOrder({
  "organizationId",
  "to",
  "from",
  "direction",
  "outcome",
  "action",
  "reason",
  "path",
  "businessHours",
  "evaluatedAt",
  "validUntil",
  "degraded"
})
@Schema(description = "What to do with a call, why, and until when that holds")
public record Decision(
    @Schema(description = "Organization that was asked about", example = "42") long organizationId,
    @Schema(
            description = "The dialled extension number; null when there was none",
            example = "1001")
        @Nullable String to,
    @Schema(description = "Who calls; null when not said", example = "+15550100")
        @Nullable String from,
    @Schema(description = "Where the call comes from", example = "inbound") CallDirection direction,
    @Schema(description = "Whether the call goes on", example = "route") DecisionOutcome outcome,
    @Schema(
            description = "What to do",
            example =
                "{\"type\": \"dial_extension\", \"extension\": \"1001\", \"timeout_seconds\": 30}")
        RoutingAction action,
    @Schema(description = "The rule that decided", example = "extension_active")
        DecisionReason reason,
    @Schema(
            description = "The steps that led here",
            example = "[\"business_hours:open\", \"extension:1001\"]")
        List<String> path,
    @Schema(description = "State of the schedule; null when hours played no part")
        @Nullable Hours businessHours,
    @Schema(description = "The instant that the decision is for", example = "2026-11-23T14:00:00Z")
        Instant evaluatedAt,
    @Schema(
            description = "Next change of hours when they played a part, else null",
            example = "2026-11-23T22:00:00Z")
        @Nullable Instant validUntil,
    @Schema(
            description =
                "Whether the database could not be asked, so that the freshness of a copy cannot be vouched for",
            example = "false")
        boolean degraded) {

  /** Copies the path. */
  public Decision {
    path = List.copyOf(path);
  }

  /**
   * The schedule at the instant of the decision.
   *
   * @param nextChangeAt the first later instant with another state; null when there is none within
   *     366 days
   */
  @JsonPropertyOrder({"scheduleId", "state", "nextChangeAt"})
  @Schema(description = "The schedule at the instant of the decision")
  public record Hours(
      @Schema(description = "Id of the schedule", example = "7") long scheduleId,
      @Schema(description = "Open or closed", example = "open") BusinessHoursState state,
      @Schema(
              description =
                  "First later instant with another state; null when there is none within 366 days",
              example = "2026-11-23T22:00:00Z")
          @Nullable Instant nextChangeAt) {}
}
