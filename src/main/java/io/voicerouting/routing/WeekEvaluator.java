package io.voicerouting.routing;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursMatch;
import io.voicerouting.businesshours.BusinessHoursState;
import io.voicerouting.businesshours.BusinessHoursView;
import io.voicerouting.businesshours.TimeOfDay;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallOverride;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a week. The rule can change only at a midnight, at a start or end of a range, when an
 * override begins or ends, and when the offset of the zone changes. The hours are evaluated at each
 * of these instants; neighbours with the same rule become one segment.
 */
public final class WeekEvaluator {

  private static final String END_OF_DAY = new TimeOfDay(TimeOfDay.MINUTES_PER_DAY).toString();

  private final EffectiveHours hours;
  private final ZoneId zone;
  private final ZoneRules rules;
  private final LocalDate from;
  private final Instant start;
  private final Instant end;

  private WeekEvaluator(EffectiveHours hours, ZoneId zone, LocalDate from) {
    this.hours = hours;
    this.zone = zone;
    this.rules = zone.getRules();
    this.from = from;
    this.start = from.atStartOfDay(zone).toInstant();
    this.end = from.plusDays(BusinessHoursWeek.DAYS).atStartOfDay(zone).toInstant();
  }

  /** What applies at an instant. */
  private record Rule(
      BusinessHoursState state,
      @Nullable CallAction action,
      @Nullable BusinessHoursMatch matched,
      @Nullable CallOverride override) {}

  /**
   * Evaluates seven days.
   *
   * @param zone of the schedule, or of the organization if there is no schedule
   * @param timezone the name under which answers show the zone
   * @param from the first date, within the years 1 to 9998
   */
  public static BusinessHoursWeek evaluate(
      EffectiveHours hours, ZoneId zone, String timezone, LocalDate from) {
    WeekEvaluator evaluator = new WeekEvaluator(hours, zone, from);
    List<BusinessHoursWeek.Segment> segments = evaluator.segments();
    return new BusinessHoursWeek(
        timezone, from, segments, evaluator.transitions(), evaluator.holidays(segments));
  }

  private List<LocalDate> holidays(List<BusinessHoursWeek.Segment> segments) {
    ActiveSchedule.Valid schedule = hours.schedule();
    return schedule == null
        ? List.of()
        : segments.stream()
            .map(BusinessHoursWeek.Segment::matched)
            .filter(Objects::nonNull)
            .map(BusinessHoursMatch::date)
            .distinct()
            .filter(schedule.calendar()::isHoliday)
            .toList();
  }

  private List<BusinessHoursWeek.Segment> segments() {
    NavigableSet<Instant> splits = splits();
    List<BusinessHoursWeek.Segment> segments = new ArrayList<>();
    Instant segmentStart = start;
    Rule rule = ruleAt(start);
    for (Instant boundary : boundaries(splits).tailSet(start, false)) {
      Rule next = boundary.equals(end) ? rule : ruleAt(boundary);
      if (splits.contains(boundary) || !next.equals(rule)) {
        segments.add(segment(segmentStart, boundary, rule));
        segmentStart = boundary;
        rule = next;
      }
    }
    return segments;
  }

  private Rule ruleAt(Instant at) {
    EffectiveEvaluation now = hours.evaluate(at);
    ActiveSchedule.Valid schedule = hours.schedule();
    BusinessHoursMatch matched =
        schedule == null || now.isOverridden() ? null : schedule.calendar().matchAt(at);
    return new Rule(now.state(), now.action(), matched, now.override());
  }

  /** Midnights and transitions: no segment spans one. */
  private NavigableSet<Instant> splits() {
    NavigableSet<Instant> splits = new TreeSet<>();
    for (int day = 0; day <= BusinessHoursWeek.DAYS; day++) {
      splits.add(from.plusDays(day).atStartOfDay(zone).toInstant());
    }
    offsetChanges().forEach(change -> splits.add(change.getInstant()));
    return splits;
  }

  /** A superset of the instants at which the rule changes. */
  private NavigableSet<Instant> boundaries(NavigableSet<Instant> splits) {
    TreeSet<Instant> boundaries = new TreeSet<>(splits);
    for (int day = 0; day < BusinessHoursWeek.DAYS; day++) {
      LocalDateTime midnight = from.plusDays(day).atStartOfDay();
      for (int minute : minutesOfRanges()) {
        LocalDateTime local = midnight.plusMinutes(minute);
        rules.getValidOffsets(local).forEach(offset -> boundaries.add(local.toInstant(offset)));
      }
    }
    Instant override = hours.overrides().nextBoundaryAfter(start);
    while (override != null && override.isBefore(end)) {
      boundaries.add(override);
      override = hours.overrides().nextBoundaryAfter(override);
    }
    return boundaries.subSet(start, true, end, true);
  }

  private NavigableSet<Integer> minutesOfRanges() {
    NavigableSet<Integer> minutes = new TreeSet<>();
    ActiveSchedule.Valid schedule = hours.schedule();
    if (schedule != null) {
      BusinessHoursView view = schedule.view();
      Stream.of(
              Stream.of(DayOfWeek.values()).map(day -> view.schedule().day(day).timeRanges()),
              view.exceptions().stream().map(exception -> exception.timeRanges()),
              view.importedExceptions().stream().map(exception -> exception.timeRanges()))
          .flatMap(ranges -> ranges)
          .flatMap(List::stream)
          .flatMap(range -> Stream.of(range.startTime(), range.endTime()))
          .map(TimeOfDay::minute)
          .forEach(minutes::add);
    }
    return minutes;
  }

  private List<ZoneOffsetTransition> offsetChanges() {
    List<ZoneOffsetTransition> changes = new ArrayList<>();
    ZoneOffsetTransition change = rules.nextTransition(start.minusNanos(1));
    while (change != null && change.getInstant().isBefore(end)) {
      changes.add(change);
      change = rules.nextTransition(change.getInstant());
    }
    return changes;
  }

  private List<BusinessHoursWeek.Transition> transitions() {
    return offsetChanges().stream().map(WeekEvaluator::transition).toList();
  }

  private static BusinessHoursWeek.Transition transition(ZoneOffsetTransition change) {
    LocalDateTime first = change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
    LocalDateTime last = change.isGap() ? change.getDateTimeAfter() : change.getDateTimeBefore();
    return new BusinessHoursWeek.Transition(
        change.getInstant(),
        change.isGap()
            ? BusinessHoursWeek.Transition.Kind.SKIPPED
            : BusinessHoursWeek.Transition.Kind.REPEATED,
        first.toLocalDate(),
        first.toLocalTime().toString(),
        endTime(first.toLocalDate(), last),
        change.getOffsetBefore().toString(),
        change.getOffsetAfter().toString());
  }

  private BusinessHoursWeek.Segment segment(Instant first, Instant after, Rule rule) {
    ZoneOffset offset = rules.getOffset(first);
    LocalDateTime local = LocalDateTime.ofInstant(first, offset);
    return new BusinessHoursWeek.Segment(
        local.toLocalDate(),
        local.toLocalTime().toString(),
        endTime(local.toLocalDate(), LocalDateTime.ofInstant(after, offset)),
        first,
        after,
        rule.state(),
        rule.action(),
        rule.matched(),
        AppliedOverride.of(rule.override()));
  }

  private static String endTime(LocalDate date, LocalDateTime end) {
    return end.toLocalDate().equals(date) ? end.toLocalTime().toString() : END_OF_DAY;
  }
}
