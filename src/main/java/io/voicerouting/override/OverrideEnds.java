package io.voicerouting.override;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.ScheduleDirectory;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.phonenumber.PhoneNumberDirectory;
import io.voicerouting.phonenumber.PhoneNumberView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the instants at which new overrides end, and what they apply to. Queries the database. */
@Component
class OverrideEnds {

  private static final String UNTIL = "until";
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

  private final ScheduleDirectory schedules;
  private final PhoneNumberDirectory numbers;

  OverrideEnds(ScheduleDirectory schedules, PhoneNumberDirectory numbers) {
    this.schedules = schedules;
    this.numbers = numbers;
  }

  /**
   * Requires that the organization has the schedule or number of an override.
   *
   * @throws InvalidFieldsException if it has not
   */
  void requireScope(long organizationId, OverrideBody body) {
    Long schedule = body.businessHoursScheduleId();
    if (schedule != null && !schedules.hasSchedule(organizationId, schedule)) {
      throw new InvalidFieldsException(
          "business_hours_schedule_id", schedule, "id of a schedule of this organization");
    }
    Long number = body.phoneNumberId();
    if (number != null && numbers.find(organizationId, number).isEmpty()) {
      throw new InvalidFieldsException(
          "phone_number_id", number, "id of a phone number of this organization");
    }
  }

  /**
   * Finds the end of an override.
   *
   * @return null if it has none
   * @throws InvalidFieldsException if the end is not after the start and now, or the hours have no
   *     next change
   */
  @Nullable Instant find(long organizationId, OverrideBody body, Instant start, Instant now) {
    return switch (body.until()) {
      case OverrideEnd.Cleared cleared -> null;
      case OverrideEnd.NextChange change -> check(nextChange(organizationId, body, start), now);
      case OverrideEnd.At at ->
          check(at.instant().truncatedTo(ChronoUnit.MICROS), later(start, now));
      case OverrideEnd.After after -> check(start.plus(checkDuration(after.duration())), now);
    };
  }

  private static Duration checkDuration(Duration duration) {
    if (!duration.isPositive() || duration.compareTo(LONGEST) > 0) {
      throw new InvalidFieldsException(
          UNTIL, duration, "a duration of more than 0 and at most 366 days");
    }
    return duration;
  }

  private static Instant check(Instant end, Instant after) {
    if (!end.isAfter(after) || end.isAfter(LATEST)) {
      throw new InvalidFieldsException(
          UNTIL, end, "an instant after " + after + ", at most " + LATEST);
    }
    return end;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private Instant nextChange(long organizationId, OverrideBody body, Instant start) {
    Instant change =
        schedule(organizationId, body) instanceof ActiveSchedule.Valid valid
            ? valid.calendar().nextChangeAfter(start)
            : null;
    if (change == null) {
      throw new InvalidFieldsException(
          UNTIL,
          "next_change",
          "an instant, a duration or cleared, as no hours change within 366 days");
    }
    return change;
  }

  /** The schedule whose hours the override replaces; null if there is none. */
  private @Nullable ActiveSchedule schedule(long organizationId, OverrideBody body) {
    return switch (body.scopeOrDefault()) {
      case ORGANIZATION -> schedules.findActive(organizationId);
      case SCHEDULE ->
          schedules.findActive(
              organizationId, Objects.requireNonNull(body.businessHoursScheduleId()));
      case NUMBER ->
          numbers
              .find(organizationId, Objects.requireNonNull(body.phoneNumberId()))
              .map(number -> schedule(organizationId, number))
              .orElse(null);
    };
  }

  private @Nullable ActiveSchedule schedule(long organizationId, PhoneNumberView number) {
    Long own = number.businessHoursScheduleId();
    return switch (number.hours()) {
      case ORGANIZATION -> schedules.findActive(organizationId);
      case OWN -> own == null ? null : schedules.findActive(organizationId, own);
      case IGNORE -> null;
    };
  }
}
