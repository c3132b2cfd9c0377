package io.voicerouting.businesshours;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Compares random schedules, zones and instants with {@link WallClockOracle}. {@code
 * -Dcalendar.seed=42} sets the seed, {@code -Dcalendar.rounds=100} the number of rounds.
 */
class CalendarAgainstOracleTest {

  private static final List<String> ZONES =
      List.of(
          "UTC",
          "America/New_York",
          "America/Sao_Paulo",
          "America/St_Johns",
          "America/Caracas",
          "America/Santiago",
          "America/Asuncion",
          "America/Havana",
          "America/Nuuk",
          "America/Scoresbysund",
          "Europe/Berlin",
          "Europe/London",
          "Europe/Dublin",
          "Europe/Amsterdam",
          "Europe/Moscow",
          "Africa/Cairo",
          "Africa/Casablanca",
          "Africa/Monrovia",
          "Africa/Juba",
          "Asia/Beirut",
          "Asia/Gaza",
          "Asia/Amman",
          "Asia/Tehran",
          "Asia/Kathmandu",
          "Asia/Kolkata",
          "Asia/Pyongyang",
          "Asia/Manila",
          "Antarctica/Troll",
          "Antarctica/Casey",
          "Australia/Lord_Howe",
          "Pacific/Chatham",
          "Pacific/Apia",
          "Pacific/Kwajalein",
          "Pacific/Kiritimati",
          "Pacific/Norfolk");

  private static final Duration WINDOW = Duration.ofHours(60);

  private final long seed = Long.getLong("calendar.seed", 24);
  private final Random random = new Random(seed);
  private long comparisons;

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // for the long runs
  void agreesWithTheOracleAtEveryMinute() {
    int rounds = Integer.getInteger("calendar.rounds", 2);
    for (int round = 0; round < rounds; round++) {
      for (String zone : ZONES) {
        compareWindow(zone);
      }
    }
    System.out.printf("calendar.seed=%d: %,d comparisons%n", seed, comparisons);
    assertThat(comparisons).isGreaterThan(rounds * 400_000L);
  }

  @Test
  void agreesOnTheNextChangeWithin366Days() {
    for (int round = 0; round < 6; round++) {
      String zone = ZONES.get(random.nextInt(ZONES.size()));
      Instant start = start(ZoneId.of(zone).getRules());
      BusinessHoursView view = rareChanges(zone, LocalDate.ofInstant(start, ZoneId.of(zone)));
      assertThat(view.effectiveTimezone()).isNotNull();
      WallClockOracle oracle = new WallClockOracle(view);
      Instant last = start.plus(Duration.ofDays(366));
      BusinessHoursEvaluation found = BusinessHoursCalendar.of(view).evaluate(start);
      assertThat(found.nextChangeAt())
          .as("seed %d, %s from %s", seed, view, start)
          .isEqualTo(walk(oracle, start, last, oracle::isOpen));
      assertThat(found.validUntil())
          .as("seed %d, %s from %s", seed, view, start)
          .isEqualTo(walk(oracle, start, last, at -> outcome(oracle, at)));
    }
  }

  private void compareWindow(String zone) {
    ZoneRules rules = ZoneId.of(zone).getRules();
    Instant start = start(rules);
    Instant end = start.plus(WINDOW);
    BusinessHoursView view = anySchedule(zone, LocalDate.ofInstant(start, ZoneId.of(zone)));
    WallClockOracle oracle = new WallClockOracle(view);
    BusinessHoursCalendar calendar = BusinessHoursCalendar.of(view);

    List<Instant> steps = new ArrayList<>();
    for (Instant at = start; at.isBefore(end); at = oracle.step(at)) {
      steps.add(at);
    }
    StateAndAction state = outcome(oracle, steps.getLast());
    Instant change = null; // the earliest change of the state in the window, seen from its end
    Instant validUntil = null; // likewise, of the state or the action
    Instant later = end;
    for (Instant at : steps.reversed()) {
      StateAndAction before = outcome(oracle, at);
      change = before.state() == state.state() ? change : later;
      validUntil = before.equals(state) ? validUntil : later;
      state = before;
      compare(calendar, view, at, state, change, validUntil, end);
      compareMatch(calendar, oracle, view, at);
      Instant within = at.plusNanos(random.nextLong(Duration.between(at, later).toNanos()));
      compare(calendar, view, within, state, change, validUntil, end);
      later = at;
    }
  }

  private static StateAndAction outcome(WallClockOracle oracle, Instant at) {
    return new StateAndAction(
        oracle.isOpen(at) ? BusinessHoursState.OPEN : BusinessHoursState.CLOSED, oracle.action(at));
  }

  private void compare(
      BusinessHoursCalendar calendar,
      BusinessHoursView view,
      Instant at,
      StateAndAction state,
      @Nullable Instant change,
      @Nullable Instant validUntil,
      Instant end) {
    BusinessHoursEvaluation found = calendar.evaluate(at);
    boolean right =
        calendar.stateAt(at) == state.state()
            && found.state() == state.state()
            && found.action().equals(state.action())
            && isNext(found.nextChangeAt(), change, end)
            && isNext(calendar.nextChangeAfter(at), change, end)
            && isNext(found.validUntil(), validUntil, end);
    comparisons += 4;
    if (!right) {
      throw new AssertionError(
          "seed %d: %s: %s (expected: %s, change %s, valid until %s) of %s"
              .formatted(seed, at, found, state, change, validUntil, view));
    }
  }

  /** Whether the instant is the expected one in the window, or after its end if that is null. */
  private static boolean isNext(@Nullable Instant found, @Nullable Instant expected, Instant end) {
    return expected == null ? found == null || !found.isBefore(end) : expected.equals(found);
  }

  private void compareMatch(
      BusinessHoursCalendar calendar, WallClockOracle oracle, BusinessHoursView view, Instant at) {
    BusinessHoursMatch match = calendar.matchAt(at);
    BusinessHoursMatch expected = oracle.match(at);
    comparisons++;
    if (!Objects.equals(match, expected)) {
      throw new AssertionError(
          "seed %d: at %s %s matches (expected: %s) of %s"
              .formatted(seed, at, match, expected, view));
    }
  }

  private static @Nullable Instant walk(
      WallClockOracle oracle, Instant start, Instant last, Function<Instant, Object> value) {
    Object first = value.apply(start);
    for (Instant at = oracle.step(start); !at.isAfter(last); at = oracle.step(at)) {
      if (!value.apply(at).equals(first)) {
        return at;
      }
    }
    return null;
  }

  /**
   * Usually shortly before a transition of the zone: from its tables, from its rules, or far in the
   * future. Sometimes at the end of February.
   */
  private Instant start(ZoneRules rules) {
    List<ZoneOffsetTransition> stored = rules.getTransitions();
    Instant about =
        switch (random.nextInt(4)) {
          case 0 -> Instant.ofEpochSecond(random.nextLong(-5_000_000_000L, 8_000_000_000L));
          case 1 -> Instant.ofEpochSecond(random.nextLong(1_700_000_000L, 2_000_000_000L));
          default -> Instant.parse("2026-11-23T14:00:00Z");
        };
    ZoneOffsetTransition next = rules.nextTransition(about);
    if (random.nextInt(3) == 0 && !stored.isEmpty()) {
      next = stored.get(random.nextInt(stored.size()));
    }
    Instant near = next == null || random.nextInt(5) == 0 ? about : next.getInstant();
    if (random.nextInt(4) == 0) { // where 29 February is, or is not
      near =
          LocalDate.of(random.nextInt(1896, 2105), 3, 2).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    return near.minusSeconds(random.nextLong(40 * 3600L));
  }

  private BusinessHoursView anySchedule(String zone, LocalDate date) {
    Schedules schedule = Schedules.in(zone);
    for (DayOfWeek day : DayOfWeek.values()) {
      switch (random.nextInt(8)) {
        case 0 -> schedule.disabled(day, ranges());
        case 1 -> schedule.on(day, "00:00-24:00");
        default -> schedule.on(day, ranges());
      }
    }
    for (int day = -2; day <= 5; day++) {
      switch (random.nextInt(10)) {
        case 0 -> schedule.except(date.plusDays(day).toString());
        case 1 -> schedule.except(date.plusDays(day).toString(), "00:00-24:00");
        case 2 -> schedule.except(date.plusDays(day), ExceptionType.SPECIAL_HOURS, ranges());
        case 3 -> {
          boolean closed = random.nextBoolean();
          schedule.except(
              date.plusDays(day).toString(),
              closed ? ExceptionType.CLOSED : ExceptionType.SPECIAL_HOURS,
              Schedules.mailbox(mailbox()),
              closed ? new String[0] : ranges());
        }
        default -> {} // the weekday's hours
      }
    }
    addLongExceptions(schedule, date, random.nextInt(5));
    return schedule.view();
  }

  /** Always open or always closed except for some dates, near or far. */
  private BusinessHoursView rareChanges(String zone, LocalDate date) {
    Schedules schedule = Schedules.in(zone);
    boolean open = random.nextBoolean();
    if (open) {
      schedule.everyDay("00:00-24:00");
    }
    for (int day : random.ints(0, 380).distinct().limit(random.nextInt(4)).toArray()) {
      String[] hours = open ^ random.nextInt(4) == 0 ? ranges() : new String[] {"00:00-24:00"};
      schedule.except(
          date.plusDays(day).toString(),
          ExceptionType.SPECIAL_HOURS,
          random.nextBoolean() ? null : Schedules.mailbox(mailbox()),
          hours);
    }
    if (random.nextBoolean()) { // rarely: the oracle is slow
      addLongExceptions(schedule, date.plusDays(random.nextInt(380)), 2);
    }
    return schedule.view();
  }

  /** Adds exceptions near the date that recur, have several dates, or are imported. */
  private void addLongExceptions(Schedules schedule, LocalDate date, int count) {
    for (int i = 0; i < count; i++) {
      LocalDate day = date.plusDays(random.nextInt(-3, 6));
      ExceptionRecurrence recurrence = List.of(ExceptionRecurrence.values()).get(random.nextInt(2));
      boolean recurs = random.nextInt(3) > 0;
      LocalDate first = recurs ? yearsBefore(day, recurrence, random.nextInt(9)) : day;
      int days = List.of(0, 0, 1, 3, 20, 365).get(random.nextInt(6));
      boolean closed = random.nextBoolean();
      ExceptionDay exception =
          new ExceptionDay(
              first,
              days == 0 ? null : first.plusDays(days),
              recurs ? recurrence : null,
              recurs && recurrence == ExceptionRecurrence.YEARLY_WEEKDAY ? week(first) : null,
              "Long " + i,
              closed ? ExceptionType.CLOSED : ExceptionType.SPECIAL_HOURS,
              closed ? List.of() : Schedules.ranges(ranges()),
              random.nextBoolean() ? null : Schedules.mailbox(mailbox()));
      if (random.nextInt(3) == 0) {
        schedule.imported(exception);
      } else {
        schedule.except(exception);
      }
    }
  }

  /** A date some years before that recurs on the given date, or near it. */
  private static LocalDate yearsBefore(LocalDate date, ExceptionRecurrence recurrence, int years) {
    return recurrence == ExceptionRecurrence.YEARLY
        ? date.minusYears(years)
        : week(date).find(YearMonth.from(date).minusYears(years), date.getDayOfWeek());
  }

  private static WeekOfMonth week(LocalDate date) {
    return Arrays.stream(WeekOfMonth.values())
        .filter(week -> week.contains(date))
        .reduce((first, second) -> date.getYear() % 2 == 0 ? first : second)
        .orElseThrow();
  }

  /** Up to four ranges, which may overlap, touch, run past midnight or end at 24:00. */
  private String[] ranges() {
    return IntStream.range(0, random.nextInt(5))
        .mapToObj(
            i -> {
              int start = time(0, TimeOfDay.MINUTES_PER_DAY - 1);
              String range = new TimeOfDay(start) + "-" + new TimeOfDay(end(start));
              return random.nextBoolean() ? range : range + " " + mailbox();
            })
        .toArray(String[]::new);
  }

  /** The first is the action of the schedule while it is closed. */
  private String mailbox() {
    return List.of("office", "lunch", "night").get(random.nextInt(3));
  }

  private int end(int start) {
    return switch (random.nextInt(6)) {
      case 0 -> time(0, start);
      case 1 -> TimeOfDay.MINUTES_PER_DAY;
      default -> time(start + 1, Math.min(start + 240, TimeOfDay.MINUTES_PER_DAY));
    };
  }

  /** Half of them in the early morning, when clocks change, and on the half hour if possible. */
  private int time(int from, int to) {
    int span = random.nextBoolean() ? Math.min(to, Math.max(from, 240)) : to;
    int minute = random.nextInt(from, span + 1);
    int rounded = minute / 30 * 30;
    return random.nextBoolean() && rounded >= from ? rounded : minute;
  }
}
