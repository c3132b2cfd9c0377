package io.voicerouting.routing;

import io.voicerouting.businesshours.BusinessHoursState;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallOverride;
import io.voicerouting.common.OverrideMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Hours at an instant, overrides included.
 *
 * @param action what to do with calls; null if nothing has an action for them
 * @param override the override that applies; null if there is none
 * @param nextChangeAt the first later instant with a different state; null if there is none within
 *     366 days
 * @param validUntil the first later instant with a different state or action; null if there is none
 *     within 366 days
 */
public record EffectiveEvaluation(
    BusinessHoursState state,
    @Nullable CallAction action,
    @Nullable CallOverride override,
    @Nullable Instant nextChangeAt,
    @Nullable Instant validUntil) {

  /** Whether an override decides about the state. */
  boolean isOverridden() {
    return override != null && override.mode() != OverrideMode.ACTION;
  }
}
