package io.voicerouting.common;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** The kinds of actions of a schedule. */
public enum CallActionType {
  /** Look up the target like a dialled extension number. */
  EXTENSION("extension"),
  /** Ring the group. */
  RING_GROUP("ring_group"),
  /** Join the conference room. */
  CONFERENCE_ROOM("conference_room"),
  /** Play the menu. */
  IVR_MENU("ivr_menu"),
  /** Record a message in the mailbox. */
  VOICEMAIL("voicemail"),
  /** Dial the E.164 number or SIP address. */
  EXTERNAL("external");

  @EnumeratedValue private final String code;

  CallActionType(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}
