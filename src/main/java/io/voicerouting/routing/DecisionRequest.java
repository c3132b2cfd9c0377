package io.voicerouting.routing;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.PhoneTargets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call to decide about.
 *
 * @param organizationId positive; null to find it by the dialled number or the SIP domain
 * @param sipDomain the host name for which the platform serves the call, in lower case; determines
 *     the organization of an extension if there is no id; null if unknown
 * @param to the dialled number, which is a phone number if it has the form of E.164 with its plus
 *     sign, else an extension number; null if an inbound call names none
 * @param from the caller, in any form, or null
 * @param at the instant at which everything is evaluated
 */
public record DecisionRequest(
    @Nullable Long organizationId,
    @Nullable String sipDomain,
    @Nullable String to,
    @Nullable String from,
    CallDirection direction,
    Instant at) {

  /**
   * Requires a number for an internal call, and a phone number or a SIP domain if there is no
   * organization. Requests from outside are validated before.
   */
  public DecisionRequest {
    if (organizationId == null && sipDomain == null && (to == null || !PhoneTargets.isE164(to))) {
      throw new IllegalArgumentException(
          "to: " + FieldError.describe(String.valueOf(to), "phone number"));
    }
    if (to == null && direction == CallDirection.INTERNAL) {
      throw new IllegalArgumentException("to: null (expected: extension number)");
    }
  }

  /** Creates a request within an organization, or to a phone number. */
  public DecisionRequest(
      @Nullable Long organizationId,
      @Nullable String to,
      @Nullable String from,
      CallDirection direction,
      Instant at) {
    this(organizationId, null, to, from, direction, at);
  }

  /** The dialled phone number; null if an extension was dialled, or nothing. */
  @Nullable String phoneNumber() {
    return to != null && PhoneTargets.isE164(to) ? to : null;
  }
}
