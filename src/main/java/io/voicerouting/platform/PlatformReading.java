package io.voicerouting.platform;

import io.voicerouting.routing.Decision;
import io.voicerouting.routing.DecisionRequest;
import org.jspecify.annotations.Nullable;

/** What an adapter read from a request. */
sealed interface PlatformReading {

  /** A call to decide about. */
  record Call(DecisionRequest request, Renderer renderer) implements PlatformReading {}

  /** A request that needs no decision. */
  record Answered(PlatformAnswer answer) implements PlatformReading {}

  /** A request that cannot be used. */
  record Unusable() implements PlatformReading {}

  /** Renders the decision about a call. */
  @FunctionalInterface
  interface Renderer {

    /**
     * Renders a decision.
     *
     * @param domain the SIP domain of the call, for adapters that use one; null if there is none
     * @return null if the decision has a value that must not be inserted; never for a rejection
     */
    @Nullable PlatformAnswer render(Decision decision, @Nullable String domain);
  }

  /**
   * Returns a call, or a request that cannot be used.
   *
   * @param request null if the platform did not describe a call
   */
  static PlatformReading of(@Nullable DecisionRequest request, Renderer renderer) {
    return request == null ? new Unusable() : new Call(request, renderer);
  }
}
