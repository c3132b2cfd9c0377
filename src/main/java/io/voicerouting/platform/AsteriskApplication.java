package io.voicerouting.platform;

import io.voicerouting.routing.RoutingAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriUtils;

/** A dialplan application of Asterisk. */
enum AsteriskApplication {
  DIAL("Dial"),
  CONF_BRIDGE("ConfBridge"),
  QUEUE("Queue"),
  GOTO("Goto"),
  VOICE_MAIL("VoiceMail"),
  HANG_UP("Hangup");

  /** Asterisk cuts off what does not fit its buffer of 512 bytes with the end of the string. */
  private static final int LONGEST_DATA = 510;

  private final String name;

  AsteriskApplication(String name) {
    this.name = name;
  }

  /** Returns the application that performs an action. */
  static AsteriskApplication of(RoutingAction action) {
    return switch (action) {
      case RoutingAction.DialExtension dial -> DIAL;
      case RoutingAction.DialNumber dial -> DIAL;
      case RoutingAction.DialSip dial -> DIAL;
      case RoutingAction.AiAssistant assistant -> DIAL;
      case RoutingAction.JoinConference join -> CONF_BRIDGE;
      case RoutingAction.RingGroup group -> QUEUE;
      case RoutingAction.IvrMenu menu -> GOTO;
      case RoutingAction.Voicemail mailbox -> VOICE_MAIL;
      case RoutingAction.Reject reject -> HANG_UP;
    };
  }

  /**
   * Returns the row of a priority. Values are percent-encoded, blanks too: Asterisk may or may not
   * read a plus sign as one.
   *
   * @return null if the data is too long
   */
  @Nullable PlatformAnswer row(String data) {
    return data.getBytes(StandardCharsets.UTF_8).length > LONGEST_DATA ? null : answer(data);
  }

  /**
   * Returns the row that rejects a call.
   *
   * @param cause of Q.850
   */
  static PlatformAnswer hangUp(int cause) {
    return HANG_UP.answer(Integer.toString(cause));
  }

  private PlatformAnswer answer(String data) {
    return PlatformAnswer.ok(
        MediaType.TEXT_PLAIN_VALUE,
        "app=" + name + "&appdata=" + UriUtils.encode(data, StandardCharsets.UTF_8));
  }
}
