package io.voicerouting.routing;

import io.voicerouting.cache.CacheStatus;
import java.time.Duration;
import java.util.List;

/** What came of asking for a decision. */
public sealed interface DecisionResult {

  /** How each lookup was answered, in the order they were made. */
  List<CacheStatus> lookups();

  /** There is a decision, which may be to reject the call. */
  record Decided(Decision decision, List<CacheStatus> lookups) implements DecisionResult {

    /** Copies the list. */
    public Decided {
      lookups = List.copyOf(lookups);
    }
  }

  /**
   * Something the decision needs could not be looked up.
   *
   * @param retryAfter when asking again makes sense
   */
  record Unavailable(Duration retryAfter, List<CacheStatus> lookups) implements DecisionResult {

    /** Copies the list. */
    public Unavailable {
      lookups = List.copyOf(lookups);
    }
  }
}
