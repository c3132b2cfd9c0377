package io.voicerouting.override;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The state of an override, for lists. */
enum OverrideState {
  /** It has not begun. */
  UPCOMING,
  /** It applies now, unless another one takes precedence. */
  IN_FORCE,
  /** Its end has passed. */
  OVER,
  /** Somebody cleared it. */
  CLEARED;

  /** The value in queries. */
  @JsonValue
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
