package io.voicerouting.routing;

import io.voicerouting.common.CallAction;
import io.voicerouting.extension.ExtensionView;
import org.jspecify.annotations.Nullable;

/** Routes a call to an extension or by an action, and makes the decision from the result. */
final class CallRouter {

  private final TargetResolver targets;
  private final DecisionRecorder recorder;

  CallRouter(TargetResolver targets, DecisionRecorder recorder) {
    this.targets = targets;
    this.recorder = recorder;
  }

  /** Routes to an extension that was dialled. */
  DecisionResult routeTo(String number) {
    Resolution resolution = targets.resolveDialled(number);
    return decide(
        resolution,
        targets.hasForwarded()
            ? DecisionReason.EXTENSION_FORWARDED
            : DecisionReason.EXTENSION_ACTIVE,
        DecisionReason.DO_NOT_DISTURB);
  }

  /**
   * Performs an action.
   *
   * @param action null if there is none for closed hours
   * @param reason the reason if the call reaches what the action names
   */
  DecisionResult perform(@Nullable CallAction action, DecisionReason reason) {
    return action == null
        ? recorder.reject(DecisionReason.NO_CLOSED_HOURS_ACTION)
        : decide(targets.resolveAction(action), reason, reason);
  }

  /**
   * Makes the decision from the result of routing.
   *
   * @param routed the reason if the call reaches an action
   * @param missed the reason if the call goes to what follows a missed call
   */
  private DecisionResult decide(
      Resolution resolution, DecisionReason routed, DecisionReason missed) {
    return switch (resolution) {
      case Resolution.Reached reached -> recorder.route(addThen(reached), routed);
      case Resolution.DoNotDisturb quiet -> routeMissedCall(quiet.extension(), missed);
      case Resolution.Refused refused -> recorder.reject(refused.reason());
      case Resolution.Unavailable failed -> recorder.reportUnavailable(failed.lookup());
    };
  }

  private RoutingAction addThen(Resolution.Reached reached) {
    return reached.extension() != null && reached.action() instanceof RoutingAction.Dial dial
        ? dial.followedBy(findMissedCall(reached.extension()).action())
        : reached.action();
  }

  /** Treats a call to an extension that is not to be disturbed as missed. */
  private DecisionResult routeMissedCall(ExtensionView extension, DecisionReason reason) {
    recorder.addStep("do_not_disturb:" + extension.extensionNumber());
    MissedCall next = findMissedCall(extension);
    if (next.action() != null) {
      return recorder.route(next.action(), reason);
    }
    return next.unavailable() == null
        ? recorder.reject(DecisionReason.DO_NOT_DISTURB)
        : recorder.reportUnavailable(next.unavailable());
  }

  private MissedCall findMissedCall(ExtensionView extension) {
    MissedCall next = MissedCall.of(extension, targets);
    if (next.unavailable() != null) {
      recorder.setIncomplete();
    }
    return next;
  }
}
