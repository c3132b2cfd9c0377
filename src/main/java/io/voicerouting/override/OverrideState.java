package io.voicerouting.override;

import com.fasterxml.jackson.annotation.JsonValue;

/** The state of an override, for lists. */
enum OverrideState {
  /** It has not begun. */
  UPCOMING("upcoming"),
  /** It applies now, unless another one takes precedence. */
  IN_FORCE("in_force"),
  /** Its end has passed. */
  OVER("over"),
  /** Somebody cleared it. */
  CLEARED("cleared");

  private final String code;

  OverrideState(String code) {
    this.code = code;
  }

  /** The value in queries. */
  @JsonValue
  String code() {
    return code;
  }
}
