package io.voicerouting.routing;

import io.voicerouting.common.PhoneTargets;
import io.voicerouting.extension.ExtensionType;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.extension.RingingTime;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an active extension does with a call. Other applications may have written any configuration.
 */
sealed interface ExtensionAnswer {

  /** It accepts the call. */
  record Accepts(RoutingAction action) implements ExtensionAnswer {}

  /** It forwards the call to a target in any form. */
  record Forwards(String target) implements ExtensionAnswer {}

  /** It is not to be disturbed. */
  record DoNotDisturb() implements ExtensionAnswer {}

  /** It only forwards calls, and its forward is switched off. */
  record SwitchedOff() implements ExtensionAnswer {}

  /** Its configuration lacks what its type needs. */
  record Invalid() implements ExtensionAnswer {}

  /** Evaluates an active extension. An enabled forward takes precedence over do-not-disturb. */
  static ExtensionAnswer of(ExtensionView extension) {
    Map<String, @Nullable Object> settings = settings(extension);
    if (isForwarded(extension, settings)) {
      return answerWith(text(settings, "forward_to"), Forwards::new);
    }
    if (extension.doNotDisturb()) {
      return new DoNotDisturb();
    }
    return switch (extension.type()) {
      case USER ->
          new Accepts(
              new RoutingAction.DialExtension(
                  extension.extensionNumber(), timeout(settings.get("timeout_seconds"))));
      case FORWARD -> new SwitchedOff();
      case CONFERENCE ->
          acceptWith(text(settings, "conference_room_id"), RoutingAction.JoinConference::new);
      case RING_GROUP -> acceptWith(text(settings, "ring_group_id"), RoutingAction.RingGroup::new);
      case IVR -> acceptWith(text(settings, "ivr_menu_id"), RoutingAction.IvrMenu::new);
      case AI_ASSISTANT -> assistant(text(settings, "provider"), text(settings, "phone_number"));
    };
  }

  /** Returns where missed calls of a user go; null if nothing usable is set. */
  static @Nullable String noAnswerTo(ExtensionView extension) {
    return extension.type() == ExtensionType.USER
        ? text(settings(extension), "no_answer_to")
        : null;
  }

  private static Map<String, @Nullable Object> settings(ExtensionView extension) {
    return extension.configuration() == null ? Map.of() : extension.configuration();
  }

  /** Whether a forward is set and enabled. One that is not a text is set, but invalid. */
  private static boolean isForwarded(
      ExtensionView extension, Map<String, @Nullable Object> settings) {
    if (!extension.forwardEnabled()) {
      return false;
    }
    Object forwardTo = settings.get("forward_to");
    return extension.type() == ExtensionType.FORWARD
        || (extension.type() == ExtensionType.USER && forwardTo != null && !"".equals(forwardTo));
  }

  private static ExtensionAnswer assistant(@Nullable String provider, @Nullable String number) {
    return provider == null || number == null || !PhoneTargets.isE164(number)
        ? new Invalid()
        : new Accepts(new RoutingAction.AiAssistant(provider, number));
  }

  private static ExtensionAnswer acceptWith(
      @Nullable String id, Function<String, RoutingAction> action) {
    return answerWith(id, text -> new Accepts(action.apply(text)));
  }

  private static ExtensionAnswer answerWith(
      @Nullable String text, Function<String, ExtensionAnswer> answer) {
    return text == null ? new Invalid() : answer.apply(text);
  }

  private static @Nullable String text(Map<String, @Nullable Object> settings, String name) {
    return settings.get(name) instanceof String text && !text.isBlank() ? text : null;
  }

  /** A valid whole number of seconds, or the default. */
  private static int timeout(@Nullable Object value) {
    if (value instanceof Number number) {
      int seconds = number.intValue();
      boolean whole = number.doubleValue() == seconds;
      if (whole && RingingTime.isValid(seconds)) {
        return seconds;
      }
    }
    return RingingTime.DEFAULT_SECONDS;
  }
}
