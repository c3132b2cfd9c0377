package io.voicerouting.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.businesshours.BusinessHoursState;
import io.voicerouting.businesshours.BusinessHoursView;
import io.voicerouting.businesshours.ExceptionRecurrence;
import io.voicerouting.businesshours.Schedules;
import io.voicerouting.businesshours.WallClockOracle;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallActionType;
import io.voicerouting.common.CallOverride;
import io.voicerouting.common.OverrideMode;
import io.voicerouting.phonenumber.PhoneNumberHours;
import io.voicerouting.phonenumber.PhoneNumberView;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Decides about calls to a number under random overrides of all scopes, and compares each decision
 * with a slow oracle, which looks at every minute and at every begin and end of an override. {@code
 * -Doverrides.seed=42} sets the seed, {@code -Doverrides.rounds=10000} the number of rounds.
 */
class OverridesAgainstOracleTest {

  private static final String NUMBER = "+15550100";
  private static final Duration WINDOW = Duration.ofHours(50);

  private final long seed = Long.getLong("overrides.seed", 24);
  private final Random random = new Random(seed);
  private long nextId = 1;

  /**
   * What is compared.
   *
   * @param group where the call goes; null if it is rejected
   */
  private record Outcome(
      BusinessHoursState state, @Nullable String group, @Nullable Long override) {}

  /** One random organization with a number, and its oracle. */
  private record Case(
      @Nullable BusinessHoursView schedule,
      PhoneNumberView number,
      List<CallOverride> organization) {

    DecisionEngine engine() {
      MapDirectory directory = new MapDirectory().number(number);
      organization.forEach(directory::override);
      return new DecisionEngine(schedule == null ? directory : directory.schedule(schedule));
    }

    boolean ignored() {
      return number.hours() == PhoneNumberHours.IGNORE;
    }

    /** The overrides by scope, the most specific first. */
    List<List<CallOverride>> scopes() {
      List<CallOverride> own = Objects.requireNonNull(number.overrides());
      if (ignored()) {
        return List.of(own);
      }
      return schedule == null
          ? List.of(own, organization)
          : List.of(own, Objects.requireNonNull(schedule.overrides()), organization);
    }

    Outcome at(Instant at) {
      CallOverride override =
          scopes().stream()
              .flatMap(
                  scope ->
                      scope.stream()
                          .filter(one -> !one.startsAt().isAfter(at))
                          .filter(one -> one.endsAt() == null || one.endsAt().isAfter(at))
                          .max(Comparator.comparingLong(CallOverride::id))
                          .stream())
              .findFirst()
              .orElse(null);
      Long id = override == null ? null : override.id();
      WallClockOracle hours = schedule == null || ignored() ? null : new WallClockOracle(schedule);
      boolean open = hours == null || hours.isOpen(at);
      if (override != null && override.mode() == OverrideMode.ACTION) {
        return new Outcome(state(open), group(override.action()), id);
      }
      boolean forced = override != null;
      open = override == null ? open : override.mode() == OverrideMode.OPEN;
      CallAction action = open ? number.openAction() : number.closedAction();
      if (action == null && hours != null && schedule != null) {
        CallAction ofSchedule = open ? schedule.openHoursAction() : schedule.closedHoursAction();
        action = forced ? ofSchedule : hours.action(at);
      }
      return new Outcome(state(open), group(action), id);
    }

    private static BusinessHoursState state(boolean open) {
      return open ? BusinessHoursState.OPEN : BusinessHoursState.CLOSED;
    }

    private static @Nullable String group(@Nullable CallAction action) {
      return action == null ? null : action.target();
    }
  }

  @Test
  void decisionsEqualThoseOfTheOracle() {
    int rounds = Integer.getInteger("overrides.rounds", 250);
    int overridden = 0;
    for (int i = 0; i < rounds; i++) {
      Instant start = Instant.parse("2028-02-28T00:00:00Z").plusSeconds(random.nextInt(172_800));
      Case random = anyCase(start);
      List<Instant> steps = steps(random, start);
      DecisionEngine engine = random.engine();
      for (int index : this.random.ints(15, 0, steps.size()).toArray()) {
        Decision decision = decide(engine, steps.get(index));
        try {
          compare(random, decision, steps.subList(index, steps.size()));
        } catch (AssertionError e) {
          throw new AssertionError(
              "overrides.seed=%d: %s of %s".formatted(seed, decision, random), e);
        }
        overridden +=
            decision.path().stream().anyMatch(step -> step.startsWith("override")) ? 1 : 0;
      }
    }
    System.out.printf("overrides.seed=%d: %,d overridden decisions%n", seed, overridden);
    assertThat(overridden).isGreaterThan(rounds);
  }

  private static Decision decide(DecisionEngine engine, Instant at) {
    DecisionRequest request = new DecisionRequest(null, NUMBER, null, CallDirection.INBOUND, at);
    return ((DecisionResult.Decided) engine.decide(request)).decision();
  }

  /**
   * Compares a decision for the first of these instants.
   *
   * @param steps to the end of the window
   */
  private static void compare(Case random, Decision decision, List<Instant> steps) {
    Outcome expected = random.at(steps.getFirst());
    Decision.Hours hours = decision.businessHours();
    String group =
        decision.action() instanceof RoutingAction.RingGroup ring ? ring.ringGroupId() : null;
    assertThat(group).isEqualTo(expected.group());
    assertNext(
        decision.validUntil(),
        change(random, steps, outcome -> outcome.state() + ":" + outcome.group()),
        steps.getLast());
    if (hours == null) {
      assertThat(expected.override()).isNull();
      assertThat(random.ignored() || random.schedule() == null).isTrue();
      return;
    }
    AppliedOverride applied = hours.override();
    assertThat(new Outcome(hours.state(), group, applied == null ? null : applied.id()))
        .isEqualTo(expected);
    assertThat(decision.path().contains("override:" + expected.override()))
        .isEqualTo(applied != null);
    assertNext(hours.nextChangeAt(), change(random, steps, Outcome::state), steps.getLast());
  }

  private static void assertNext(
      @Nullable Instant found, @Nullable Instant expected, Instant last) {
    if (expected != null || found == null) {
      assertThat(found).isEqualTo(expected);
    } else {
      assertThat(found).isAfter(last);
    }
  }

  private static @Nullable Instant change(
      Case random, List<Instant> steps, Function<Outcome, Object> value) {
    Object first = value.apply(random.at(steps.getFirst()));
    return steps.stream()
        .filter(at -> !value.apply(random.at(at)).equals(first))
        .findFirst()
        .orElse(null);
  }

  /** Every minute, and each begin and end of an override with the microsecond before. */
  private static List<Instant> steps(Case random, Instant start) {
    Stream<Instant> minutes =
        Stream.iterate(start, at -> at.plusSeconds(60 - Math.floorMod(at.getEpochSecond(), 60L)))
            .limit(WINDOW.toMinutes());
    Stream<Instant> boundaries =
        random.scopes().stream()
            .flatMap(List::stream)
            .flatMap(override -> Stream.of(override.startsAt(), override.endsAt()))
            .filter(Objects::nonNull)
            .flatMap(at -> Stream.of(at, at.minusNanos(1000)));
    return Stream.concat(minutes, boundaries)
        .filter(at -> !at.isBefore(start) && at.isBefore(start.plus(WINDOW)))
        .sorted()
        .distinct()
        .toList();
  }

  private Case anyCase(Instant start) {
    Numbers number =
        Numbers.exact(NUMBER)
            .hours(
                random.nextInt(5) == 0 ? PhoneNumberHours.IGNORE : PhoneNumberHours.ORGANIZATION,
                null);
    if (random.nextBoolean()) {
      number.whenOpen(CallActionType.RING_GROUP, "a");
    }
    if (random.nextBoolean()) {
      number.whenClosed(CallActionType.RING_GROUP, "b");
    }
    overrides(start).forEach(number::override);
    BusinessHoursView schedule = random.nextInt(6) == 0 ? null : schedule(start);
    return new Case(schedule, number.view(), overrides(start));
  }

  private BusinessHoursView schedule(Instant start) {
    LocalDate date = LocalDate.ofInstant(start, ZoneOffset.UTC);
    Schedules schedule =
        Schedules.in(one("UTC", "Asia/Kathmandu"))
            .everyDay(
                one("09:00-17:00", "22:00-06:00", "00:00-24:00"), one("12:00-13:00", "06:00-09:00"))
            .whenOpen(CallActionType.RING_GROUP, "a")
            .whenClosed(CallActionType.RING_GROUP, "c");
    if (random.nextBoolean()) {
      schedule.except(
          random.nextBoolean(),
          date.plusDays(random.nextInt(3)).minusYears(random.nextInt(5)).toString(),
          null,
          ExceptionRecurrence.YEARLY,
          null);
    }
    overrides(start).forEach(schedule::override);
    return schedule.view();
  }

  /** Up to three, which begin before or in the window. */
  private List<CallOverride> overrides(Instant start) {
    List<CallOverride> overrides = new ArrayList<>();
    IntStream.range(0, random.nextInt(4))
        .forEach(
            i -> {
              OverrideMode mode = one(OverrideMode.values());
              Instant begin = start.plusSeconds(random.nextInt(-40_000, 160_000));
              Instant end = begin.plusSeconds(random.nextInt(1, 60_000));
              overrides.add(
                  new CallOverride(
                      nextId++,
                      mode,
                      mode == OverrideMode.ACTION
                          ? new CallAction(CallActionType.RING_GROUP, one("a", "c", "hotline"))
                          : null,
                      begin,
                      random.nextInt(4) == 0 ? null : end,
                      "admin"));
            });
    return overrides;
  }

  @SafeVarargs
  private <T> T one(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
