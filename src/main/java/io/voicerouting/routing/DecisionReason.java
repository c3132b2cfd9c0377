package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** Why a decision was made. */
public enum DecisionReason {
  /** The dialled extension accepts the call. */
  EXTENSION_ACTIVE("extension_active", null),
  /** The dialled extension forwards the call. */
  EXTENSION_FORWARDED("extension_forwarded", null),
  /**
   * The action for open hours of the schedule or the number applies, whichever extensions it leads
   * through.
   */
  OPEN_HOURS_ACTION("open_hours_action", null),
  /**
   * The action for closed hours of the schedule or the number applies, whichever extensions it
   * leads through.
   */
  CLOSED_HOURS_ACTION("closed_hours_action", null),
  /** The action of an override applies, whichever extensions it leads through. */
  OVERRIDE_ACTION("override_action", null),
  /** A rule of the dialled number for this caller applies. */
  CALLER_RULE("caller_rule", null),

  /**
   * The extension is not to be disturbed: the call goes to what follows a missed call, or is
   * rejected if nothing does.
   */
  DO_NOT_DISTURB("do_not_disturb", RejectCause.UNAVAILABLE),

  /** An override closes the hours, and there is no schedule or number with an action for that. */
  NO_CLOSED_HOURS_ACTION("no_closed_hours_action", RejectCause.UNAVAILABLE),
  /** The dialled number does not exist, or belongs to another organization. */
  NUMBER_NOT_FOUND("number_not_found", RejectCause.NOT_FOUND),
  /** The dialled number is inactive. */
  NUMBER_INACTIVE("number_inactive", RejectCause.UNAVAILABLE),
  /**
   * The extension does not exist; or an inbound call names none, and neither a schedule nor the
   * dialled number has an action.
   */
  EXTENSION_NOT_FOUND("extension_not_found", RejectCause.NOT_FOUND),
  /** The dialled extension is inactive. */
  EXTENSION_INACTIVE("extension_inactive", RejectCause.UNAVAILABLE),
  /** A call was forwarded to an extension that does not exist. */
  FORWARD_TARGET_NOT_FOUND("forward_target_not_found", RejectCause.NOT_FOUND),
  /** A call was forwarded to an inactive extension. */
  FORWARD_TARGET_INACTIVE("forward_target_inactive", RejectCause.UNAVAILABLE),
  /** A call was forwarded in a loop, or too often. */
  FORWARD_LOOP("forward_loop", RejectCause.FORWARD_LOOP),
  /** The schedule's action names an extension that does not exist. */
  ACTION_TARGET_NOT_FOUND("action_target_not_found", RejectCause.NOT_FOUND),
  /** The schedule's action names an inactive extension. */
  ACTION_TARGET_INACTIVE("action_target_inactive", RejectCause.UNAVAILABLE),
  /** The organization is suspended. */
  ORGANIZATION_INACTIVE("organization_inactive", RejectCause.UNAVAILABLE),
  /** The organization does not exist. */
  ORGANIZATION_NOT_FOUND("organization_not_found", RejectCause.NOT_FOUND),
  /** Rows that other applications wrote are invalid. */
  CONFIGURATION_INVALID("configuration_invalid", RejectCause.UNAVAILABLE);

  private final String code;
  private final @Nullable RejectCause cause;

  DecisionReason(String code, @Nullable RejectCause cause) {
    this.code = code;
    this.cause = cause;
  }

  /** The value in JSON. */
  @JsonValue
  public String code() {
    return code;
  }

  /** The cause of a rejection for this reason; null if calls are never rejected for it. */
  @Nullable RejectCause cause() {
    return cause;
  }
}
