package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
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
public record Decision(
    long organizationId,
    @Nullable String to,
    @Nullable String from,
    CallDirection direction,
    DecisionOutcome outcome,
    RoutingAction action,
    DecisionReason reason,
    List<String> path,
    @Nullable Hours businessHours,
    Instant evaluatedAt,
    @Nullable Instant validUntil,
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
  public record Hours(long scheduleId, BusinessHoursState state, @Nullable Instant nextChangeAt) {}
}
