package io.voicerouting.extension;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What answers at an extension. */
public enum ExtensionType {
  /** A person's phone. */
  USER("user"),
  /** A conference room. */
  CONFERENCE("conference"),
  /** A group of phones that ring together or in turn. */
  RING_GROUP("ring_group"),
  /** A menu of spoken choices. */
  IVR("ivr"),
  /** An assistant at a provider's phone number. */
  AI_ASSISTANT("ai_assistant"),
  /** Another number, SIP address or extension. */
  FORWARD("forward");

  @EnumeratedValue private final String code;

  ExtensionType(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}
