package io.voicerouting.routing;

import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallActionType;
import io.voicerouting.common.PhoneTargets;
import io.voicerouting.phonenumber.CallerRule;
import io.voicerouting.phonenumber.PhoneNumberHours;
import io.voicerouting.phonenumber.PhoneNumberView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a phone number does with one caller.
 *
 * @param callerRule the rule for the caller; null if there is none
 */
record NumberRules(PhoneNumberView number, @Nullable CallerRule callerRule) {

  static NumberRules of(PhoneNumberView number, Caller caller) {
    return new NumberRules(
        number, CallerRule.find(number.callerRules(), caller.number(), caller.anonymous()));
  }

  /** The id of the number's own schedule; null if it has none or does not use it. */
  @Nullable Long ownScheduleId() {
    return number.hours() == PhoneNumberHours.OWN ? number.businessHoursScheduleId() : null;
  }

  /**
   * What the decision is likely to look up next.
   *
   * @param organization whether it is likely to look up the organization
   */
  LikelyLookups likelyLookups(boolean organization) {
    List<String> extensions = new ArrayList<>();
    if (callerRule != null) {
      addExtension(callerRule.action(), extensions);
      return likely(organization, LikelyLookups.Hours.NONE, extensions);
    }
    addExtension(number.openAction(), extensions);
    return switch (number.hours()) {
      case IGNORE -> likely(organization, LikelyLookups.Hours.NONE, extensions);
      case OWN -> {
        addExtension(number.closedAction(), extensions);
        yield likely(
            organization,
            ownScheduleId() == null ? LikelyLookups.Hours.NONE : LikelyLookups.Hours.NUMBER,
            extensions);
      }
      case ORGANIZATION -> {
        addExtension(number.closedAction(), extensions);
        yield likely(organization, LikelyLookups.Hours.ORGANIZATION, extensions);
      }
    };
  }

  private LikelyLookups likely(
      boolean organization, LikelyLookups.Hours hours, List<String> extensions) {
    return new LikelyLookups(
        number.organizationId(), organization, hours, ownScheduleId(), extensions);
  }

  private static void addExtension(@Nullable CallAction action, List<String> extensions) {
    if (action != null
        && action.type() == CallActionType.EXTENSION
        && PhoneTargets.isExtensionNumber(action.target())
        && !extensions.contains(action.target())) {
      extensions.add(action.target());
    }
  }
}
