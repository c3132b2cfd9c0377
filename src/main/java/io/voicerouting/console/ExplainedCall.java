package io.voicerouting.console;

import io.voicerouting.routing.Decision;
import io.voicerouting.routing.DecisionEngine;
import io.voicerouting.routing.DecisionRequest;
import io.voicerouting.routing.DecisionResult;
import io.voicerouting.routing.EffectiveHours;
import io.voicerouting.routing.RoutingDirectory;
import io.voicerouting.web.ServiceUnavailableException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A decision with the lookups that it made.
 *
 * @param hours null if the decision does not depend on hours
 */
record ExplainedCall(
    Decision decision, @Nullable EffectiveHours hours, List<RecordingReader.Recorded> lookups) {

  ExplainedCall {
    lookups = List.copyOf(lookups);
  }

  /**
   * Decides about a call.
   *
   * @param lookups where the directory records the lookups
   * @throws ServiceUnavailableException if a lookup was not possible
   */
  static ExplainedCall decide(
      DecisionRequest request, RoutingDirectory directory, List<RecordingReader.Recorded> lookups) {
    return switch (new DecisionEngine(directory).decide(request)) {
      case DecisionResult.Decided decided ->
          new ExplainedCall(decided.decision(), decided.hours(), lookups);
      case DecisionResult.Unavailable unavailable ->
          throw new ServiceUnavailableException(
              "Neither the cache nor the database can answer now.", unavailable.retryAfter());
    };
  }

  /** Whether the other decision does the same with the call, for the same reason. */
  boolean isLike(ExplainedCall other) {
    return parts(decision).equals(parts(other.decision));
  }

  private static List<Object> parts(Decision decision) {
    return List.of(
        decision.outcome(),
        decision.action(),
        decision.reason(),
        decision.path(),
        String.valueOf(decision.businessHours()),
        Objects.toString(decision.validUntil()));
  }
}
