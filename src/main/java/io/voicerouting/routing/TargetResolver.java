package io.voicerouting.routing;

import io.voicerouting.cache.Lookup;
import io.voicerouting.common.CallAction;
import io.voicerouting.extension.ExtensionStatus;
import io.voicerouting.extension.ExtensionView;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the targets of one call through extensions and their forwards. Forwards are counted, and
 * loops detected, over all targets together.
 */
final class TargetResolver {

  static final int MAX_FORWARDS = 5;

  private final RoutingDirectory directory;
  private final long organizationId;
  private final DecisionRecorder recorder;
  private final Set<String> extensions = new HashSet<>();
  private int forwards;

  TargetResolver(RoutingDirectory directory, long organizationId, DecisionRecorder recorder) {
    this.directory = directory;
    this.organizationId = organizationId;
    this.recorder = recorder;
  }

  Resolution resolveDialled(String number) {
    return resolveExtension(number, RejectionReasons.DIALLED);
  }

  Resolution resolveAction(CallAction action) {
    recorder.addStep("action:" + action.type().code() + ":" + action.target());
    return resolve(Destination.of(action), RejectionReasons.BY_ACTION, null);
  }

  /** Follows the target of a missed call, which counts as a forward. */
  Resolution resolveNoAnswer(String target) {
    recorder.addStep("no_answer:" + target);
    return resolveForward(target, null);
  }

  boolean hasForwarded() {
    return forwards > 0;
  }

  private Resolution resolve(
      Destination destination, RejectionReasons reasons, @Nullable ExtensionView from) {
    return switch (destination) {
      case Destination.Final end -> new Resolution.Reached(end.action(), from);
      case Destination.Extension next -> resolveExtension(next.number(), reasons);
      case Destination.Invalid invalid ->
          new Resolution.Refused(DecisionReason.CONFIGURATION_INVALID);
    };
  }

  private Resolution resolveExtension(String number, RejectionReasons reasons) {
    if (!extensions.add(number)) {
      return new Resolution.Refused(DecisionReason.FORWARD_LOOP);
    }
    recorder.addStep("extension:" + number);
    return switch (recorder.record(directory.getExtension(organizationId, number))) {
      case Lookup.Found<ExtensionView> found ->
          found.value().status() == ExtensionStatus.ACTIVE
              ? resolveActive(found.value(), reasons)
              : new Resolution.Refused(reasons.inactive());
      case Lookup.Absent<ExtensionView> absent -> new Resolution.Refused(reasons.notFound());
      case Lookup.Unavailable<ExtensionView> unavailable -> new Resolution.Unavailable(unavailable);
    };
  }

  private Resolution resolveActive(ExtensionView extension, RejectionReasons reasons) {
    return switch (ExtensionAnswer.of(extension)) {
      case ExtensionAnswer.Accepts accepts -> new Resolution.Reached(accepts.action(), extension);
      case ExtensionAnswer.Forwards forward -> {
        recorder.addStep("forward:" + forward.target());
        yield resolveForward(forward.target(), extension);
      }
      case ExtensionAnswer.DoNotDisturb quiet -> new Resolution.DoNotDisturb(extension);
      case ExtensionAnswer.SwitchedOff off -> new Resolution.Refused(reasons.inactive());
      case ExtensionAnswer.Invalid invalid ->
          new Resolution.Refused(DecisionReason.CONFIGURATION_INVALID);
    };
  }

  private Resolution resolveForward(String target, @Nullable ExtensionView from) {
    forwards++;
    return forwards > MAX_FORWARDS
        ? new Resolution.Refused(DecisionReason.FORWARD_LOOP)
        : resolve(Destination.ofForward(target), RejectionReasons.FORWARDED, from);
  }
}
