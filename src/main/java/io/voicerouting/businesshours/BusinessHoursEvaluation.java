package io.voicerouting.businesshours;

import io.voicerouting.common.CallAction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule at an instant.
 *
 * @param action what to do with calls: the action of the range that covers the instant, or else of
 *     the exception, or else of the schedule for this state
 * @param nextChangeAt the first later instant with a different state; null if there is none within
 *     {@link BusinessHoursCalendar#HORIZON}
 * @param validUntil the first later instant with a different state or action; null if there is none
 *     within the horizon
 */
public record BusinessHoursEvaluation(
    BusinessHoursState state,
    CallAction action,
    @Nullable Instant nextChangeAt,
    @Nullable Instant validUntil) {}
