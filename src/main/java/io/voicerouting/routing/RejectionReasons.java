package io.voicerouting.routing;

/** The reasons to reject a call at an extension, by how the call reached it. */
enum RejectionReasons {
  /** The caller dialled it. */
  DIALLED(DecisionReason.EXTENSION_NOT_FOUND, DecisionReason.EXTENSION_INACTIVE),
  /** An action of the schedule names it. */
  BY_ACTION(DecisionReason.ACTION_TARGET_NOT_FOUND, DecisionReason.ACTION_TARGET_INACTIVE),
  /** Another extension forwards to it. */
  FORWARDED(DecisionReason.FORWARD_TARGET_NOT_FOUND, DecisionReason.FORWARD_TARGET_INACTIVE);

  private final DecisionReason notFound;
  private final DecisionReason inactive;

  RejectionReasons(DecisionReason notFound, DecisionReason inactive) {
    this.notFound = notFound;
    this.inactive = inactive;
  }

  DecisionReason notFound() {
    return notFound;
  }

  DecisionReason inactive() {
    return inactive;
  }
}
