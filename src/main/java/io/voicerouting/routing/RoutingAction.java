package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.swagger.v3.oas.annotations.media.DiscriminatorMapping;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the platform does with a call; the member {@code type} names the kind of action. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(RoutingAction.DialExtension.class),
  @JsonSubTypes.Type(RoutingAction.DialNumber.class),
  @JsonSubTypes.Type(RoutingAction.DialSip.class),
  @JsonSubTypes.Type(RoutingAction.JoinConference.class),
  @JsonSubTypes.Type(RoutingAction.RingGroup.class),
  @JsonSubTypes.Type(RoutingAction.IvrMenu.class),
  @JsonSubTypes.Type(RoutingAction.AiAssistant.class),
  @JsonSubTypes.Type(RoutingAction.Voicemail.class),
  @JsonSubTypes.Type(RoutingAction.Reject.class)
})
@Schema(
    description = "What to do with a call; type names the kind of action",
    discriminatorProperty = "type",
    discriminatorMapping = {
      @DiscriminatorMapping(value = "dial_extension", schema = RoutingAction.DialExtension.class),
      @DiscriminatorMapping(value = "dial_number", schema = RoutingAction.DialNumber.class),
      @DiscriminatorMapping(value = "dial_sip", schema = RoutingAction.DialSip.class),
      @DiscriminatorMapping(value = "join_conference", schema = RoutingAction.JoinConference.class),
      @DiscriminatorMapping(value = "ring_group", schema = RoutingAction.RingGroup.class),
      @DiscriminatorMapping(value = "ivr_menu", schema = RoutingAction.IvrMenu.class),
      @DiscriminatorMapping(value = "ai_assistant", schema = RoutingAction.AiAssistant.class),
      @DiscriminatorMapping(value = "voicemail", schema = RoutingAction.Voicemail.class),
      @DiscriminatorMapping(value = "reject", schema = RoutingAction.Reject.class)
    })
public sealed interface RoutingAction {

  /** What to do if the party does not answer, is busy or unreachable; null for nothing. */
  default @Nullable RoutingAction then() {
    return null;
  }

  /** An action that calls a party, which may not answer. */
  sealed interface Dial extends RoutingAction {

    /** Returns this action with what follows a missed call; null for nothing. */
    Dial followedBy(@Nullable RoutingAction next);
  }

  /** Ring an extension's phone. */
  @JsonTypeName("dial_extension")
  @Schema(description = "Ring the phone of an extension")
  record DialExtension(
      @Schema(description = "Its number", example = "1001") String extension,
      @Schema(description = "For so long, 5 to 300", example = "30") int timeoutSeconds,
      @Schema(
              description =
                  "What to do if it does not answer, is busy or unreachable; null for nothing")
          @Nullable RoutingAction then)
      implements Dial {

    /** An action that nothing follows. */
    public DialExtension(String extension, int timeoutSeconds) {
      this(extension, timeoutSeconds, null);
    }

    @Override
    public Dial followedBy(@Nullable RoutingAction next) {
      return new DialExtension(extension, timeoutSeconds, next);
    }
  }

  /** Dial an E.164 number. */
  @JsonTypeName("dial_number")
  @Schema(description = "Dial a number")
  record DialNumber(
      @Schema(description = "E.164", example = "+15550100") String number,
      @Schema(
              description =
                  "What to do if it does not answer, is busy or unreachable; null for nothing")
          @Nullable RoutingAction then)
      implements Dial {

    /** An action that nothing follows. */
    public DialNumber(String number) {
      this(number, null);
    }

    @Override
    public Dial followedBy(@Nullable RoutingAction next) {
      return new DialNumber(number, next);
    }
  }

  /** Dial a {@code sip:} or {@code sips:} URI. */
  @JsonTypeName("dial_sip")
  @Schema(description = "Dial a SIP address")
  record DialSip(
      @Schema(description = "A sip: or sips: URI", example = "sip:ada@example.com") String uri,
      @Schema(
              description =
                  "What to do if it does not answer, is busy or unreachable; null for nothing")
          @Nullable RoutingAction then)
      implements Dial {

    /** An action that nothing follows. */
    public DialSip(String uri) {
      this(uri, null);
    }

    @Override
    public Dial followedBy(@Nullable RoutingAction next) {
      return new DialSip(uri, next);
    }
  }

  /** Join a conference room. */
  @JsonTypeName("join_conference")
  @Schema(description = "Join a conference room")
  record JoinConference(
      @Schema(description = "Id of the room", example = "board") String conferenceRoomId)
      implements RoutingAction {}

  /** Ring a group. */
  @JsonTypeName("ring_group")
  @Schema(description = "Ring a group")
  record RingGroup(@Schema(description = "Id of the group", example = "sales") String ringGroupId)
      implements RoutingAction {}

  /** Play a menu. */
  @JsonTypeName("ivr_menu")
  @Schema(description = "Play a menu")
  record IvrMenu(@Schema(description = "Id of the menu", example = "main") String ivrMenuId)
      implements RoutingAction {}

  /** Connect to an assistant at its provider's number. */
  @JsonTypeName("ai_assistant")
  @Schema(description = "Connect to an assistant")
  record AiAssistant(
      @Schema(description = "Who runs it", example = "acme") String provider,
      @Schema(description = "Its E.164 number", example = "+15550100") String phoneNumber)
      implements RoutingAction {}

  /** Record a message. */
  @JsonTypeName("voicemail")
  @Schema(description = "Record a message")
  record Voicemail(
      @Schema(description = "Id of the mailbox", example = "front-desk") String mailbox)
      implements RoutingAction {}

  /** Reject the call. */
  @JsonTypeName("reject")
  @Schema(description = "Reject the call")
  record Reject(
      @Schema(description = "Why, for the caller", example = "not_found") RejectCause cause)
      implements RoutingAction {}
}
