package io.voicerouting.routing;

import io.voicerouting.cache.CacheStatus;
import io.voicerouting.organization.OrganizationView;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a request for a decision. */
public sealed interface DecisionResult {

  /** How each lookup was answered, in order. */
  List<CacheStatus> lookups();

  /**
   * There is a decision, possibly to reject the call.
   *
   * @param organization of the call; null if the decision did not look it up
   * @param hours the hours that it depends on; null if it depends on none
   */
  record Decided(
      Decision decision,
      @Nullable OrganizationView organization,
      List<CacheStatus> lookups,
      @Nullable EffectiveHours hours)
      implements DecisionResult {

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

    public Unavailable {
      lookups = List.copyOf(lookups);
    }
  }
}
