package io.voicerouting.routing;

import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallActionType;
import io.voicerouting.common.CallOverride;
import io.voicerouting.phonenumber.CallerMatch;
import io.voicerouting.phonenumber.CallerRule;
import io.voicerouting.phonenumber.PhoneNumberHours;
import io.voicerouting.phonenumber.PhoneNumberMatch;
import io.voicerouting.phonenumber.PhoneNumberStatus;
import io.voicerouting.phonenumber.PhoneNumberView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds phone numbers and blocks for tests; organization 42 unless set. */
final class Numbers {

  private final String number;
  private final PhoneNumberMatch match;
  private final List<CallerRule> rules = new ArrayList<>();
  private final List<CallOverride> overrides = new ArrayList<>();
  private long organizationId = MapDirectory.ORGANIZATION;
  private PhoneNumberStatus status = PhoneNumberStatus.ACTIVE;
  private PhoneNumberHours hours = PhoneNumberHours.ORGANIZATION;
  private @Nullable Long scheduleId;
  private @Nullable CallAction open;
  private @Nullable CallAction closed;

  private Numbers(String number, PhoneNumberMatch match) {
    this.number = number;
    this.match = match;
  }

  static Numbers exact(String number) {
    return new Numbers(number, PhoneNumberMatch.EXACT);
  }

  static Numbers block(String digits) {
    return new Numbers(digits, PhoneNumberMatch.PREFIX);
  }

  Numbers of(long organization) {
    organizationId = organization;
    return this;
  }

  Numbers inactive() {
    status = PhoneNumberStatus.INACTIVE;
    return this;
  }

  Numbers hours(PhoneNumberHours which, @Nullable Long schedule) {
    hours = which;
    scheduleId = schedule;
    return this;
  }

  Numbers whenOpen(CallActionType type, String target) {
    open = new CallAction(type, target);
    return this;
  }

  Numbers whenClosed(CallActionType type, String target) {
    closed = new CallAction(type, target);
    return this;
  }

  Numbers override(CallOverride override) {
    overrides.add(override);
    return this;
  }

  /** Adds a rule that sends callers to a ring group. */
  Numbers rule(CallerMatch callers, @Nullable String value, String group) {
    return rule(callers, value, CallActionType.RING_GROUP, group);
  }

  Numbers rule(CallerMatch callers, @Nullable String value, CallActionType type, String target) {
    rules.add(new CallerRule(callers, value, new CallAction(type, target)));
    return this;
  }

  PhoneNumberView view() {
    return new PhoneNumberView(
        1,
        0,
        Instant.EPOCH,
        Instant.EPOCH,
        organizationId,
        number,
        match,
        null,
        status,
        hours,
        scheduleId,
        open,
        closed,
        rules,
        overrides);
  }
}
