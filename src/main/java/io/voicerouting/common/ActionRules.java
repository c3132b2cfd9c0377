package io.voicerouting.common;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for the targets of actions. */
public final class ActionRules {

  /**
   * Maximum length, in characters, of the id of a ring group, room, menu or mailbox. Other systems
   * assign these ids.
   */
  private static final int LONGEST_ID = 64;

  private ActionRules() {}

  private static boolean accepts(CallActionType type, String target) {
    return switch (type) {
      case EXTENSION -> PhoneTargets.isExtensionNumber(target);
      case RING_GROUP, CONFERENCE_ROOM, IVR_MENU, VOICEMAIL ->
          Text.Validator.fits(target, LONGEST_ID);
      case EXTERNAL -> PhoneTargets.isE164(target) || PhoneTargets.isSipUri(target);
    };
  }

  private static String expectation(CallActionType type) {
    return switch (type) {
      case EXTENSION -> "an extension number, " + PhoneTargets.EXTENSION_NUMBER;
      case RING_GROUP, CONFERENCE_ROOM, IVR_MENU, VOICEMAIL ->
          Text.Validator.expectation(LONGEST_ID);
      case EXTERNAL -> "an E.164 number with its plus sign, or a sip: or sips: URI";
    };
  }

  /**
   * Checks an action that was bound without annotations, so that its members may be null.
   *
   * @param action null is valid
   */
  public static List<FieldError> check(String field, @Nullable CallAction action) {
    List<FieldError> errors = new ArrayList<>();
    if (action == null) {
      return errors;
    }
    if ((Object) action.type() == null) {
      errors.add(new FieldError(field + ".type", "is required"));
    }
    if ((Object) action.target() == null) {
      errors.add(new FieldError(field + ".target", "is required"));
    } else if ((Object) action.type() != null && !accepts(action.type(), action.target())) {
      errors.add(
          FieldError.unexpected(field + ".target", action.target(), expectation(action.type())));
    }
    return errors;
  }
}
