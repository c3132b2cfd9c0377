package io.voicerouting.routing;

import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionView;
import org.jspecify.annotations.Nullable;

/**
 * What follows if the party of an extension does not answer, is busy or unreachable.
 *
 * @param action null if nothing follows
 * @param unavailable the lookup without which the target of missed calls is unknown; null if it is
 *     known
 */
record MissedCall(@Nullable RoutingAction action, Lookup.@Nullable Unavailable<?> unavailable) {

  /**
   * Finds what follows a missed call of an extension: {@code no_answer_to} if it leads to an
   * action, else the mailbox if there is one, else nothing. Nothing follows that action in turn.
   */
  static MissedCall of(ExtensionView extension, TargetResolver targets) {
    String target = ExtensionAnswer.noAnswerTo(extension);
    if (target == null) {
      return new MissedCall(mailbox(extension), null);
    }
    return switch (targets.resolveNoAnswer(target)) {
      case Resolution.Reached reached -> new MissedCall(reached.action(), null);
      case Resolution.DoNotDisturb quiet -> new MissedCall(mailbox(extension), null);
      case Resolution.Refused refused -> new MissedCall(mailbox(extension), null);
      case Resolution.Unavailable failed -> new MissedCall(mailbox(extension), failed.lookup());
    };
  }

  private static @Nullable RoutingAction mailbox(ExtensionView extension) {
    return extension.voicemailEnabled()
        ? new RoutingAction.Voicemail(extension.extensionNumber())
        : null;
  }
}
