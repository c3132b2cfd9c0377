package io.voicerouting.routing;

import io.voicerouting.cache.CacheStatus;
import java.time.Duration;
import java.util.List;

/** The result of a request for a decision. */
public sealed interface DecisionResult {

  /** How each lookup was answered, in order. */
  List<CacheStatus> lookups();

  /** There is a decision, possibly to reject the call. */
  record Decided(Decision decision, List<CacheStatus> lookups) implements DecisionResult {

    /** Copies the list. */
    public Decided {
      lookups = List.copyOf(lookups);
    }
  }

  /**
   * A lookup that the decision needs was not possible.
   *
   * @param retryAfter when to try again
   */
  record Unavailable(Duration retryAfter, List<CacheStatus> lookups) implements DecisionResult {

    /** Copies the list. */
    public Unavailable {
      lookups = List.copyOf(lookups);
    }
  }
}
