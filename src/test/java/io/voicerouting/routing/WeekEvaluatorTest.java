package io.voicerouting.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.Schedules;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallActionType;
import io.voicerouting.common.CallOverride;
import io.voicerouting.common.OverrideMode;
import io.voicerouting.override.OverrideTimeline;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A week agrees with the evaluator of decisions at every instant. */
class WeekEvaluatorTest {

  private static final List<String> ZONES =
      List.of(
          "America/New_York",
          "Europe/Berlin",
          "Australia/Lord_Howe", // half an hour
          "America/Havana", // changes at midnight
          "Africa/Casablanca",
          "Asia/Kathmandu",
          "Pacific/Apia");

  private static final List<String> RANGES =
      List.of("09:00-17:00", "22:00-06:00", "00:00-24:00", "12:00-13:00 lunch", "01:30-02:30");

  private final long seed = Long.getLong("week.seed", 24);
  private final Random random = new Random(seed);

  @Test
  void everyInstantAgreesWithTheEvaluator() {
    int instants = 0;
    for (int round = 0; round < 120; round++) {
      LocalDate from = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(730));
      ZoneId zone = ZoneId.of(one(ZONES));
      EffectiveHours hours = hours(zone, from);
      BusinessHoursWeek week = WeekEvaluator.evaluate(hours, zone, zone.getId(), from);
      assertContiguous(week, zone, from);
      for (BusinessHoursWeek.Segment segment : week.segments()) {
        for (Instant at : instantsOf(segment)) {
          EffectiveEvaluation expected = hours.evaluate(at);
          String where = "week.seed=%d round=%d %s in %s".formatted(seed, round, at, segment);
          assertThat(segment.state()).as(where).isEqualTo(expected.state());
          assertThat(segment.action()).as(where).isEqualTo(expected.action());
          assertThat(id(segment.override())).as(where).isEqualTo(id(expected.override()));
          ActiveSchedule.Valid schedule = hours.schedule();
          CallOverride override = expected.override();
          if (schedule != null && (override == null || override.mode() == OverrideMode.ACTION)) {
            assertThat(segment.matched()).as(where).isEqualTo(schedule.calendar().matchAt(at));
          }
          instants++;
        }
      }
    }
    assertThat(instants).isGreaterThan(10_000);
  }

  @Test
  void namesTailsSkippedAndRepeatedHours() {
    ZoneId zone = ZoneId.of("America/New_York");
    ActiveSchedule.Valid schedule =
        (ActiveSchedule.Valid)
            ActiveSchedule.of(
                Schedules.in(zone.getId()).on(DayOfWeek.SATURDAY, "22:00-06:00").view());
    EffectiveHours hours = new EffectiveHours(schedule, null, null, OverrideTimeline.NONE);

    BusinessHoursWeek autumn =
        WeekEvaluator.evaluate(hours, zone, zone.getId(), LocalDate.of(2026, 10, 26));
    BusinessHoursWeek spring =
        WeekEvaluator.evaluate(hours, zone, zone.getId(), LocalDate.of(2026, 3, 2));

    assertThat(autumn.transitions())
        .extracting(
            change ->
                change.kind()
                    + " "
                    + change.date()
                    + " "
                    + change.startTime()
                    + "-"
                    + change.endTime()
                    + " "
                    + change.offsetBefore()
                    + change.offsetAfter())
        .containsExactly("REPEATED 2026-11-01 01:00-02:00 -04:00-05:00");
    assertThat(spring.transitions())
        .extracting(
            change ->
                change.kind()
                    + " "
                    + change.date()
                    + " "
                    + change.startTime()
                    + "-"
                    + change.endTime())
        .containsExactly("SKIPPED 2026-03-08 02:00-03:00");
    assertThat(autumn.segments())
        .filteredOn(segment -> segment.date().equals(LocalDate.of(2026, 11, 1)))
        .extracting(segment -> segment.startTime() + "-" + segment.endTime() + segment.state())
        .containsExactly("00:00-02:00OPEN", "01:00-06:00OPEN", "06:00-24:00CLOSED");
    assertThat(autumn.segments().get(autumn.segments().size() - 2).matched())
        .extracting(match -> match == null ? null : match.date())
        .isEqualTo(LocalDate.of(2026, 10, 31));
  }

  private static void assertContiguous(BusinessHoursWeek week, ZoneId zone, LocalDate from) {
    Instant expected = from.atStartOfDay(zone).toInstant();
    for (BusinessHoursWeek.Segment segment : week.segments()) {
      assertThat(segment.start()).isEqualTo(expected).isBefore(segment.end());
      LocalDateTime start = LocalDateTime.ofInstant(segment.start(), zone);
      LocalDateTime last = LocalDateTime.ofInstant(segment.end().minusNanos(1), zone);
      assertThat(segment.date()).isEqualTo(start.toLocalDate()).isEqualTo(last.toLocalDate());
      assertThat(segment.startTime()).isEqualTo(start.toLocalTime().toString());
      expected = segment.end();
    }
    assertThat(expected)
        .isEqualTo(from.plusDays(BusinessHoursWeek.DAYS).atStartOfDay(zone).toInstant());
  }

  /** Both ends and some instants between. */
  private List<Instant> instantsOf(BusinessHoursWeek.Segment segment) {
    long length = segment.end().getEpochSecond() - segment.start().getEpochSecond();
    return Stream.concat(
            Stream.of(segment.start(), segment.end().minusNanos(1)),
            random
                .longs(8, 0, Math.max(1, length))
                .mapToObj(seconds -> segment.start().plusSeconds(seconds)))
        .filter(at -> at.isBefore(segment.end()))
        .toList();
  }

  private EffectiveHours hours(ZoneId zone, LocalDate from) {
    OverrideTimeline overrides = OverrideTimeline.NONE.preceded(overrides(zone, from));
    boolean none = random.nextInt(10) == 0;
    CallAction own =
        random.nextInt(3) == 0 ? new CallAction(CallActionType.EXTENSION, "1001") : null;
    return new EffectiveHours(none ? null : schedule(zone, from), own, null, overrides);
  }

  private ActiveSchedule.Valid schedule(ZoneId zone, LocalDate from) {
    Schedules schedule = Schedules.in(zone.getId());
    for (DayOfWeek day : DayOfWeek.values()) {
      if (random.nextInt(4) > 0) {
        schedule.on(day, one(RANGES));
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      String date = from.plusDays(random.nextInt(8)).toString();
      if (random.nextBoolean()) {
        schedule.except(date);
      } else {
        schedule.except(date, one(RANGES));
      }
    }
    return (ActiveSchedule.Valid) ActiveSchedule.of(schedule.view());
  }

  private List<CallOverride> overrides(ZoneId zone, LocalDate from) {
    List<CallOverride> overrides = new ArrayList<>();
    for (int id = random.nextInt(4); id > 0; id--) {
      Instant start =
          from.atStartOfDay(zone).toInstant().plusSeconds(random.nextInt(700_000) - 50_000);
      OverrideMode mode = one(List.of(OverrideMode.values()));
      overrides.add(
          new CallOverride(
              id,
              mode,
              mode == OverrideMode.ACTION
                  ? new CallAction(CallActionType.VOICEMAIL, "override")
                  : null,
              start,
              random.nextInt(4) == 0 ? null : start.plusSeconds(random.nextInt(200_000) + 1),
              "admin"));
    }
    return overrides;
  }

  private static @Nullable Long id(@Nullable AppliedOverride override) {
    return override == null ? null : override.id();
  }

  private static @Nullable Long id(@Nullable CallOverride override) {
    return override == null ? null : override.id();
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
