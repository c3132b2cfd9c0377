package io.voicerouting.extension;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** The kinds of extensions. */
public enum ExtensionType {
  /** A user's phone. */
  USER("user"),
  /** A conference room. */
  CONFERENCE("conference"),
  /** A group of phones that ring together or one after another. */
  RING_GROUP("ring_group"),
  /** A voice menu. */
  IVR("ivr"),
  /** An AI assistant, reached at its provider's phone number. */
  AI_ASSISTANT("ai_assistant"),
  /** A forward to a phone number, SIP URI or extension. */
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
