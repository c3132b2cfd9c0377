package io.voicerouting.platform;

import io.voicerouting.routing.RejectCause;

/** SIP responses to rejected calls (RFC 3261, section 21.4). */
enum SipStatus {
  NOT_FOUND(404, "Not Found"),
  TEMPORARILY_UNAVAILABLE(480, "Temporarily Unavailable"),
  LOOP_DETECTED(482, "Loop Detected"),
  ADDRESS_INCOMPLETE(484, "Address Incomplete");

  private final int code;
  private final String phrase;

  SipStatus(int code, String phrase) {
    this.code = code;
    this.phrase = phrase;
  }

  /** Returns the response for a cause. */
  static SipStatus of(RejectCause cause) {
    return switch (cause) {
      case NOT_FOUND -> NOT_FOUND;
      case UNAVAILABLE -> TEMPORARILY_UNAVAILABLE;
      case FORWARD_LOOP -> LOOP_DETECTED;
    };
  }

  int code() {
    return code;
  }

  String phrase() {
    return phrase;
  }
}
