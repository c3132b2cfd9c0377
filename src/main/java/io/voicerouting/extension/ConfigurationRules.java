package io.voicerouting.extension;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.PhoneTargets;
import io.voicerouting.common.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rules for the configuration of each type of extension. */
final class ConfigurationRules {

  /** Longest id of a conference room, ring group or menu, in characters. */
  static final int LONGEST_ID = 64;

  private static final Member FORWARD_TO = Member.target("forward_to");

  private static final List<Member> OF_A_USER =
      List.of(
          FORWARD_TO,
          Member.target("no_answer_to"),
          new Member(
              "timeout_seconds",
              ConfigurationRules::isTimeout,
              RingingTime.SHORTEST_SECONDS
                  + " to "
                  + RingingTime.LONGEST_SECONDS
                  + ", whole seconds"));

  private ConfigurationRules() {}

  /** A member of a configuration. */
  private record Member(String name, Predicate<Object> rule, String expected) {

    static Member target(String name) {
      return new Member(
          name,
          ConfigurationRules::isForwardTarget,
          "E.164 number, sip: or sips: URI, or extension number");
    }

    static Member id(String name) {
      return new Member(
          name,
          value -> value instanceof String text && Text.Validator.fits(text, LONGEST_ID),
          Text.Validator.expectation(LONGEST_ID));
    }
  }

  /** Checks the configuration of an extension of this type. A null member is not set. */
  static List<FieldError> check(
      ExtensionType type, @Nullable Map<String, @Nullable Object> configuration) {
    boolean optional = type == ExtensionType.USER;
    if (configuration == null) {
      return optional
          ? List.of()
          : List.of(new FieldError("configuration", "is required for type " + type.code()));
    }
    List<Member> members = members(type);
    List<FieldError> errors = new ArrayList<>();
    for (Member member : members) {
      Object value = configuration.get(member.name());
      String field = "configuration." + member.name();
      if (value == null && !optional) {
        errors.add(new FieldError(field, "is required for type " + type.code()));
      } else if (value != null && !member.rule().test(value)) {
        errors.add(FieldError.unexpected(field, value, member.expected()));
      }
    }
    for (String name : configuration.keySet()) {
      if (members.stream().noneMatch(member -> member.name().equals(name))) {
        errors.add(
            new FieldError("configuration." + name, "unknown member for type " + type.code()));
      }
    }
    return errors;
  }

  private static List<Member> members(ExtensionType type) {
    return switch (type) {
      case USER -> OF_A_USER;
      case CONFERENCE -> List.of(Member.id("conference_room_id"));
      case RING_GROUP -> List.of(Member.id("ring_group_id"));
      case IVR -> List.of(Member.id("ivr_menu_id"));
      case AI_ASSISTANT ->
          List.of(
              Member.id("provider"),
              new Member("phone_number", ConfigurationRules::isPhoneNumber, "E.164 number"));
      case FORWARD -> List.of(FORWARD_TO);
    };
  }

  private static boolean isPhoneNumber(Object value) {
    return value instanceof String text && PhoneTargets.isE164(text);
  }

  private static boolean isForwardTarget(Object value) {
    return value instanceof String text
        && (PhoneTargets.isE164(text)
            || PhoneTargets.isSipUri(text)
            || PhoneTargets.isExtensionNumber(text));
  }

  private static boolean isTimeout(Object value) {
    return value instanceof Integer seconds && RingingTime.isValid(seconds);
  }
}
