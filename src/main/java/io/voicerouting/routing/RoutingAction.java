package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/** What the platform is to do with a call; in JSON {@code type} tells which. */
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
public sealed interface RoutingAction {

  /** Ring an extension's phone for so many seconds. */
  @JsonTypeName("dial_extension")
  record DialExtension(String extension, int timeoutSeconds) implements RoutingAction {}

  /** Dial an E.164 number. */
  @JsonTypeName("dial_number")
  record DialNumber(String number) implements RoutingAction {}

  /** Dial a {@code sip:} or {@code sips:} URI. */
  @JsonTypeName("dial_sip")
  record DialSip(String uri) implements RoutingAction {}

  /** Join a conference room. */
  @JsonTypeName("join_conference")
  record JoinConference(String conferenceRoomId) implements RoutingAction {}

  /** Ring a group. */
  @JsonTypeName("ring_group")
  record RingGroup(String ringGroupId) implements RoutingAction {}

  /** Play a menu. */
  @JsonTypeName("ivr_menu")
  record IvrMenu(String ivrMenuId) implements RoutingAction {}

  /** Connect to an assistant at its provider's number. */
  @JsonTypeName("ai_assistant")
  record AiAssistant(String provider, String phoneNumber) implements RoutingAction {}

  /** Record a message. */
  @JsonTypeName("voicemail")
  record Voicemail(String mailbox) implements RoutingAction {}

  /** Reject the call. */
  @JsonTypeName("reject")
  record Reject(RejectCause cause) implements RoutingAction {}
}
