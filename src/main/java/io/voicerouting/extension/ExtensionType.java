package io.voicerouting.extension;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** The kinds of extensions. */
public enum ExtensionType {
  /** A user's phone. */
  USER,
  /** A conference room. */
  CONFERENCE,
  /** A group of phones that ring together or one after another. */
  RING_GROUP,
  /** A voice menu. */
  IVR,
  /** An AI assistant, reached at its provider's phone number. */
  AI_ASSISTANT,
  /** A forward to a phone number, SIP URI or extension. */
  FORWARD;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}
