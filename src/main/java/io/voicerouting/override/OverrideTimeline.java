package io.voicerouting.override;

import io.voicerouting.common.CallOverride;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which of the overrides for a call applies at which instant. Immutable. */
public final class OverrideTimeline {

  /** Without overrides. */
  public static final OverrideTimeline NONE = new OverrideTimeline(List.of());

  private static final Comparator<CallOverride> NEWEST_FIRST =
      Comparator.comparingLong(CallOverride::id).reversed();

  /** The first one that is in force applies. */
  private final List<CallOverride> overrides;

  private OverrideTimeline(List<CallOverride> overrides) {
    this.overrides = overrides;
  }

  /**
   * Creates a timeline. Overrides of this timeline follow those of a more specific scope.
   *
   * @param moreSpecific of the more specific scope; null for none
   */
  public OverrideTimeline preceded(@Nullable List<CallOverride> moreSpecific) {
    return moreSpecific == null || moreSpecific.isEmpty()
        ? this
        : new OverrideTimeline(
            Stream.concat(moreSpecific.stream().sorted(NEWEST_FIRST), overrides.stream()).toList());
  }

  /** Whether there is none at any time. */
  public boolean isEmpty() {
    return overrides.isEmpty();
  }

  /** The override that applies at an instant; null if there is none. */
  public @Nullable CallOverride findAt(Instant at) {
    for (CallOverride override : overrides) {
      if (override.isInForce(at)) {
        return override;
      }
    }
    return null;
  }

  /** The first later instant at which an override begins or ends; null if there is none. */
  public @Nullable Instant nextBoundaryAfter(Instant at) {
    Instant next = null;
    for (CallOverride override : overrides) {
      next = earlier(next, override.startsAt(), at);
      next = earlier(next, override.endsAt(), at);
    }
    return next;
  }

  private static @Nullable Instant earlier(
      @Nullable Instant found, @Nullable Instant boundary, Instant after) {
    return boundary == null
            || !boundary.isAfter(after)
            || (found != null && !boundary.isBefore(found))
        ? found
        : boundary;
  }
}
