package io.voicerouting.routing;

import io.voicerouting.common.PhoneTargets;
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

  /** Its configuration lacks what its type needs. */
  record Invalid() implements ExtensionAnswer {}

  static ExtensionAnswer of(ExtensionView extension) {
    Map<String, @Nullable Object> settings =
        extension.configuration() == null ? Map.of() : extension.configuration();
    return switch (extension.type()) {
      case USER -> user(extension.extensionNumber(), settings);
      case FORWARD -> answerWith(text(settings, "forward_to"), Forwards::new);
      case CONFERENCE ->
          acceptWith(text(settings, "conference_room_id"), RoutingAction.JoinConference::new);
      case RING_GROUP -> acceptWith(text(settings, "ring_group_id"), RoutingAction.RingGroup::new);
      case IVR -> acceptWith(text(settings, "ivr_menu_id"), RoutingAction.IvrMenu::new);
      case AI_ASSISTANT -> assistant(text(settings, "provider"), text(settings, "phone_number"));
    };
  }

  /** Follows the forward if one is set. A forward that is not a text is invalid. */
  private static ExtensionAnswer user(String number, Map<String, @Nullable Object> settings) {
    Object forwardTo = settings.get("forward_to");
    if (forwardTo == null || "".equals(forwardTo)) {
      return new Accepts(
          new RoutingAction.DialExtension(number, timeout(settings.get("timeout_seconds"))));
    }
    return answerWith(text(settings, "forward_to"), Forwards::new);
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
