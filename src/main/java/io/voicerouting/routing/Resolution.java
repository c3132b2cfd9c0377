package io.voicerouting.routing;

import io.voicerouting.cache.Lookup;
import io.voicerouting.extension.ExtensionView;
import org.jspecify.annotations.Nullable;

/** Where a target led, through extensions and their forwards. */
sealed interface Resolution {

  /**
   * To an action.
   *
   * @param action without what follows a missed call
   * @param extension the last extension that the call reached; null if it reached none
   */
  record Reached(RoutingAction action, @Nullable ExtensionView extension) implements Resolution {}

  /** To an extension that is not to be disturbed. */
  record DoNotDisturb(ExtensionView extension) implements Resolution {}

  /** To nothing that can be called. */
  record Refused(DecisionReason reason) implements Resolution {}

  /** A lookup on the way was not possible. */
  record Unavailable(Lookup.Unavailable<?> lookup) implements Resolution {}
}
