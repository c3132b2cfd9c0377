package io.voicerouting.common;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** The kinds of actions of a schedule. */
public enum CallActionType {
  /** Look up the target like a dialled extension number. */
  EXTENSION,
  /** Ring the group. */
  RING_GROUP,
  /** Join the conference room. */
  CONFERENCE_ROOM,
  /** Play the menu. */
  IVR_MENU,
  /** Record a message in the mailbox. */
  VOICEMAIL,
  /** Dial the E.164 number or SIP address. */
  EXTERNAL;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}
