package io.voicerouting.routing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call to decide about.
 *
 * @param organizationId whose call it is, positive
 * @param to the dialled extension number; null when an inbound call names none
 * @param from who calls, in any form; or null
 * @param at the one instant at which everything is evaluated
 */
public record DecisionRequest(
    long organizationId,
    @Nullable String to,
    @Nullable String from,
    CallDirection direction,
    Instant at) {

  /** Refuses an internal call to nowhere; who reads requests from outside asks before. */
  public DecisionRequest {
    if (to == null && direction == CallDirection.INTERNAL) {
      throw new IllegalArgumentException("to: null (expected: extension number)");
    }
  }
}
