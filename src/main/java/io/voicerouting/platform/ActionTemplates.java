package io.voicerouting.platform;

import io.voicerouting.routing.Decision;
import io.voicerouting.routing.RoutingAction;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The templates of a platform, one for each kind of action that is no rejection. */
final class ActionTemplates {

  private static final String ORGANIZATION = "organization_id";
  private static final String DOMAIN = "domain";

  private final InsertedValues rules;
  private final Template dialExtension;
  private final Template dialNumber;
  private final Template dialSip;
  private final Template joinConference;
  private final Template ringGroup;
  private final Template ivrMenu;
  private final Template aiAssistant;
  private final Template voicemail;
  private final boolean usesDomain;

  /**
   * Parses templates.
   *
   * @param prefix of the settings, for messages
   * @param rules for inserted values
   * @throws IllegalArgumentException if a template is invalid
   */
  ActionTemplates(String prefix, ActionSettings settings, InsertedValues rules) {
    this.rules = rules;
    dialExtension =
        parse(prefix, "dial-extension", settings.dialExtension(), "extension", "timeout");
    dialNumber = parse(prefix, "dial-number", settings.dialNumber(), "number");
    dialSip = parse(prefix, "dial-sip", settings.dialSip(), "uri");
    joinConference = parse(prefix, "join-conference", settings.joinConference(), "id");
    ringGroup = parse(prefix, "ring-group", settings.ringGroup(), "id");
    ivrMenu = parse(prefix, "ivr-menu", settings.ivrMenu(), "id");
    aiAssistant = parse(prefix, "ai-assistant", settings.aiAssistant(), "number", "provider");
    voicemail = parse(prefix, "voicemail", settings.voicemail(), "mailbox");
    usesDomain =
        Stream.of(
                dialExtension,
                dialNumber,
                dialSip,
                joinConference,
                ringGroup,
                ivrMenu,
                aiAssistant,
                voicemail)
            .anyMatch(template -> template.uses(DOMAIN));
  }

  private static Template parse(String prefix, String action, String text, String... names) {
    Set<String> known = new TreeSet<>(Set.of(names));
    known.add(ORGANIZATION);
    known.add(DOMAIN);
    return Template.parse(prefix + "." + action, text, known);
  }

  /** Whether a template has a place for the SIP domain. */
  boolean useDomain() {
    return usesDomain;
  }

  /** The texts of one decision. */
  @FunctionalInterface
  interface Texts {

    /**
     * Expands the template of an action.
     *
     * @return null if the platform has no such action, or a value must not be inserted
     */
    @Nullable String of(RoutingAction action);
  }

  /**
   * Returns the texts of a decision.
   *
   * @param domain the SIP domain of the call; null if there is none
   */
  Texts texts(Decision decision, @Nullable String domain) {
    Long organizationId = decision.organizationId();
    return action ->
        expand(
            action,
            name ->
                switch (name) {
                  case ORGANIZATION -> organizationId == null ? null : organizationId.toString();
                  case DOMAIN -> domain;
                  default -> throw new IllegalStateException("No value of this name: " + name);
                });
  }

  private @Nullable String expand(RoutingAction action, Function<String, @Nullable String> shared) {
    return switch (action) {
      case RoutingAction.DialExtension dial ->
          dialExtension.expand(
              (name, whole) ->
                  switch (name) {
                    case "extension" -> rules.value(dial.extension(), whole);
                    case "timeout" -> Integer.toString(dial.timeoutSeconds());
                    default -> shared.apply(name);
                  });
      case RoutingAction.DialNumber dial -> expand(dialNumber, "number", dial.number(), shared);
      case RoutingAction.DialSip dial ->
          dialSip.expand(
              (name, whole) -> name.equals("uri") ? rules.uri(dial.uri()) : shared.apply(name));
      case RoutingAction.JoinConference join ->
          expand(joinConference, "id", join.conferenceRoomId(), shared);
      case RoutingAction.RingGroup ring -> expand(ringGroup, "id", ring.ringGroupId(), shared);
      case RoutingAction.IvrMenu menu -> expand(ivrMenu, "id", menu.ivrMenuId(), shared);
      case RoutingAction.AiAssistant assistant ->
          aiAssistant.expand(
              (name, whole) ->
                  switch (name) {
                    case "number" -> rules.value(assistant.phoneNumber(), whole);
                    case "provider" -> rules.value(assistant.provider(), whole);
                    default -> shared.apply(name);
                  });
      case RoutingAction.Voicemail record -> expand(voicemail, "mailbox", record.mailbox(), shared);
      case RoutingAction.Reject reject -> null;
    };
  }

  private @Nullable String expand(
      Template template,
      String own,
      @Nullable String value,
      Function<String, @Nullable String> shared) {
    return template.expand(
        (name, whole) -> name.equals(own) ? rules.value(value, whole) : shared.apply(name));
  }
}
