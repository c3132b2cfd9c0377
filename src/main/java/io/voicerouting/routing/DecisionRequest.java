package io.voicerouting.routing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call to decide about.
 *
 * @param organizationId positive
 * @param to the dialled extension number; null if an inbound call names none
 * @param from the caller, in any form, or null
 * @param at the instant at which everything is evaluated
 */
public record DecisionRequest(
    long organizationId,
    @Nullable String to,
    @Nullable String from,
    CallDirection direction,
    Instant at) {

  /** Requires a number for an internal call. Requests from outside are validated before. */
  public DecisionRequest {
    if (to == null && direction == CallDirection.INTERNAL) {
      throw new IllegalArgumentException("to: null (expected: extension number)");
    }
  }
}
