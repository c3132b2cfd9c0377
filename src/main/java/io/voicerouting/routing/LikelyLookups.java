package io.voicerouting.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision is likely to look up next.
 *
 * @param organizationId the organization that owns it, positive
 * @param organization whether the organization itself is looked up
 * @param scheduleId id of the schedule for {@link Hours#NUMBER}, else null
 * @param extensions numbers of extensions, possibly none
 */
public record LikelyLookups(
    long organizationId,
    boolean organization,
    Hours hours,
    @Nullable Long scheduleId,
    List<String> extensions) {

  public LikelyLookups {
    extensions = List.copyOf(extensions);
  }

  /** Which schedule is looked up. */
  public enum Hours {
    /** None. */
    NONE,
    /** The active one of the organization. */
    ORGANIZATION,
    /** One for phone numbers. */
    NUMBER
  }

  /**
   * The first lookups of a decision; null if a phone number or a SIP domain determines the
   * organization.
   */
  static @Nullable LikelyLookups of(DecisionRequest request) {
    Long organizationId = request.organizationId();
    return organizationId == null || request.phoneNumber() != null
        ? null
        : of(request, organizationId);
  }

  /** The lookups of a decision about a call to an extension, once its organization is known. */
  static LikelyLookups of(DecisionRequest request, long organizationId) {
    return new LikelyLookups(
        organizationId,
        true,
        request.direction() == CallDirection.INBOUND ? Hours.ORGANIZATION : Hours.NONE,
        null,
        request.to() == null ? List.of() : List.of(request.to()));
  }
}
