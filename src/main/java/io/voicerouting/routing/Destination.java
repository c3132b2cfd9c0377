package io.voicerouting.routing;

import io.voicerouting.common.CallAction;
import io.voicerouting.common.PhoneTargets;

/** The target of a forward, or of an action of a schedule. */
sealed interface Destination {

  /** An action for the platform, which ends the process. */
  record Final(RoutingAction action) implements Destination {}

  /** An extension, to be looked up like a dialled one. */
  record Extension(String number) implements Destination {}

  /** The stored target is invalid. */
  record Invalid() implements Destination {}

  /**
   * Parses the target of a forward. A text that is both an E.164 number and an extension number is
   * read as an E.164 number.
   */
  static Destination ofForward(String target) {
    if (PhoneTargets.isExtensionNumber(target) && !PhoneTargets.isE164(target)) {
      return new Extension(target);
    }
    return external(target);
  }

  static Destination of(CallAction action) {
    String target = action.target();
    if (target.isBlank()) {
      return new Invalid();
    }
    return switch (action.type()) {
      case EXTENSION ->
          PhoneTargets.isExtensionNumber(target) ? new Extension(target) : new Invalid();
      case RING_GROUP -> new Final(new RoutingAction.RingGroup(target));
      case CONFERENCE_ROOM -> new Final(new RoutingAction.JoinConference(target));
      case IVR_MENU -> new Final(new RoutingAction.IvrMenu(target));
      case VOICEMAIL -> new Final(new RoutingAction.Voicemail(target));
      case EXTERNAL -> external(target);
    };
  }

  private static Destination external(String target) {
    if (PhoneTargets.isE164(target)) {
      return new Final(new RoutingAction.DialNumber(target));
    }
    return PhoneTargets.isSipUri(target)
        ? new Final(new RoutingAction.DialSip(target))
        : new Invalid();
  }
}
