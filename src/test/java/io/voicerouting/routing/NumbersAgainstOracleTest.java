package io.voicerouting.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.businesshours.Schedules;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallActionType;
import io.voicerouting.phonenumber.CallerMatch;
import io.voicerouting.phonenumber.CallerRule;
import io.voicerouting.phonenumber.PhoneNumberHours;
import io.voicerouting.phonenumber.PhoneNumberMatch;
import io.voicerouting.phonenumber.PhoneNumberStatus;
import io.voicerouting.phonenumber.PhoneNumberView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Decides about calls to random numbers, with blocks and caller rules, and compares each decision
 * with that of a slow oracle, which tries everything and sorts. {@code -Dnumbers.seed=42} sets the
 * seed.
 */
class NumbersAgainstOracleTest {

  private static final int DIRECTORIES = 2_000;
  private static final int CALLS = 10;
  private static final Instant OPEN = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant CLOSED = Instant.parse("2026-11-23T22:00:00Z");
  private static final long SCHEDULE = 5;

  /** An organization that is not found. A block carries the status of its own. */
  private static final long OTHER = 43;

  private final long seed = Long.getLong("numbers.seed", 24);
  private final Random random = new Random(seed);

  /** What a decision must say. */
  private record Expected(DecisionReason reason, @Nullable String group, int lookups) {}

  @Test
  void decisionsEqualThoseOfTheOracle() {
    Set<DecisionReason> seen = new TreeSet<>();
    for (int i = 0; i < DIRECTORIES; i++) {
      List<PhoneNumberView> numbers = numbers();
      boolean ofOrganization = random.nextBoolean();
      boolean ofNumber = random.nextBoolean();
      MapDirectory directory = directory(numbers, ofOrganization, ofNumber);
      for (int call = 0; call < CALLS; call++) {
        String to = digits(1 + random.nextInt(6));
        String from = random.nextInt(4) == 0 ? one(null, "", "anonymous", "12") : digits(3);
        Long organization = random.nextInt(4) == 0 ? MapDirectory.ORGANIZATION : null;
        Instant at = one(OPEN, CLOSED);
        DecisionRequest request =
            new DecisionRequest(organization, to, from, CallDirection.INBOUND, at);
        DecisionResult.Decided result =
            (DecisionResult.Decided) new DecisionEngine(directory).decide(request);
        Expected expected = decide(numbers, request, at.equals(OPEN), ofOrganization, ofNumber);
        assertThat(
                new Expected(
                    result.decision().reason(),
                    result.decision().action() instanceof RoutingAction.RingGroup group
                        ? group.ringGroupId()
                        : null,
                    result.lookups().size()))
            .as("numbers.seed=%d, directory %d: %s of %s", seed, i, request, numbers)
            .isEqualTo(expected);
        seen.add(result.decision().reason());
      }
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            DecisionReason.NUMBER_NOT_FOUND,
            DecisionReason.NUMBER_INACTIVE,
            DecisionReason.CALLER_RULE,
            DecisionReason.ORGANIZATION_NOT_FOUND,
            DecisionReason.OPEN_HOURS_ACTION,
            DecisionReason.CLOSED_HOURS_ACTION,
            DecisionReason.EXTENSION_NOT_FOUND);
  }

  private static Expected decide(
      List<PhoneNumberView> numbers,
      DecisionRequest request,
      boolean open,
      boolean ofOrganization,
      boolean ofNumber) {
    String to = String.valueOf(request.to());
    List<PhoneNumberView> candidates =
        Stream.concat(
                numbers.stream()
                    .filter(number -> number.match() == PhoneNumberMatch.EXACT)
                    .filter(number -> number.number().equals(to)),
                numbers.stream()
                    .filter(number -> number.match() == PhoneNumberMatch.PREFIX)
                    .filter(number -> to.startsWith(number.number()))
                    .sorted(
                        Comparator.comparingInt((PhoneNumberView block) -> block.number().length())
                            .reversed()))
            .toList();
    if (candidates.isEmpty()) {
      return new Expected(DecisionReason.NUMBER_NOT_FOUND, null, 2);
    }
    PhoneNumberView number = candidates.getFirst();
    int first = number.match() == PhoneNumberMatch.EXACT ? 1 : 2;
    if (request.organizationId() != null && number.organizationId() != request.organizationId()) {
      return new Expected(DecisionReason.NUMBER_NOT_FOUND, null, first);
    }
    if (number.status() == PhoneNumberStatus.INACTIVE) {
      return new Expected(DecisionReason.NUMBER_INACTIVE, null, first);
    }
    if (number.organizationId() == OTHER && number.match() == PhoneNumberMatch.EXACT) {
      return new Expected(DecisionReason.ORGANIZATION_NOT_FOUND, null, 2);
    }
    String ruled = rule(number.callerRules(), request.from());
    if (ruled != null) {
      return new Expected(DecisionReason.CALLER_RULE, ruled, 2);
    }
    boolean own = number.hours() == PhoneNumberHours.OWN;
    boolean looked = number.hours() == PhoneNumberHours.ORGANIZATION || own;
    boolean exists = looked && (own ? ofNumber : ofOrganization);
    int lookups = looked ? 3 : 2;
    if (!exists) {
      return number.openAction() == null
          ? new Expected(DecisionReason.EXTENSION_NOT_FOUND, null, lookups)
          : new Expected(DecisionReason.OPEN_HOURS_ACTION, number.openAction().target(), lookups);
    }
    String ofSchedule = (own ? "own-" : "organization-") + (open ? "open" : "closed");
    CallAction action = open ? number.openAction() : number.closedAction();
    return new Expected(
        open ? DecisionReason.OPEN_HOURS_ACTION : DecisionReason.CLOSED_HOURS_ACTION,
        action == null ? ofSchedule : action.target(),
        lookups);
  }

  private static @Nullable String rule(List<CallerRule> rules, @Nullable String from) {
    String caller = from == null ? "" : from;
    boolean isNumber = caller.matches("\\+[1-9][0-9]+");
    boolean anonymous = !isNumber && !caller.matches("[0-9]+");
    List<CallerRule> matching = new ArrayList<>();
    for (CallerRule rule : rules) {
      boolean matches =
          switch (rule.match()) {
            case EXACT -> isNumber && caller.equals(rule.value());
            case PREFIX -> isNumber && caller.startsWith(String.valueOf(rule.value()));
            case ANONYMOUS -> anonymous;
          };
      if (matches) {
        matching.add(rule);
      }
    }
    matching.sort(
        Comparator.comparing(CallerRule::match)
            .thenComparingInt(rule -> -String.valueOf(rule.value()).length()));
    return matching.isEmpty() ? null : matching.getFirst().action().target();
  }

  private static MapDirectory directory(
      List<PhoneNumberView> numbers, boolean ofOrganization, boolean ofNumber) {
    MapDirectory directory = new MapDirectory();
    numbers.forEach(directory::number);
    if (ofOrganization) {
      directory.schedule(schedule("organization").view());
    }
    if (ofNumber) {
      directory.numberSchedule(SCHEDULE, schedule("own").view());
    }
    return directory;
  }

  private static Schedules schedule(String name) {
    return Schedules.in("UTC")
        .everyDay("09:00-17:00")
        .whenOpen(CallActionType.RING_GROUP, name + "-open")
        .whenClosed(CallActionType.RING_GROUP, name + "-closed");
  }

  /** Each number and each block once. */
  private List<PhoneNumberView> numbers() {
    List<PhoneNumberView> numbers = new ArrayList<>();
    Set<String> taken = new TreeSet<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      boolean block = random.nextBoolean();
      String digits = digits(block ? 2 + random.nextInt(3) : 1 + random.nextInt(5));
      if (taken.add(block + digits)) {
        numbers.add(number(block ? Numbers.block(digits) : Numbers.exact(digits), "group" + i));
      }
    }
    return numbers;
  }

  private PhoneNumberView number(Numbers number, String name) {
    if (random.nextInt(6) == 0) {
      number.inactive();
    }
    if (random.nextInt(6) == 0) {
      number.of(OTHER);
    }
    switch (random.nextInt(4)) {
      case 0 -> number.hours(PhoneNumberHours.IGNORE, null);
      case 1, 2 -> number.hours(PhoneNumberHours.OWN, SCHEDULE);
      default -> number.hours(PhoneNumberHours.ORGANIZATION, null);
    }
    if (random.nextBoolean()) {
      number.whenOpen(CallActionType.RING_GROUP, name + "-open");
    }
    if (random.nextBoolean()) {
      number.whenClosed(CallActionType.RING_GROUP, name + "-closed");
    }
    Set<String> taken = new TreeSet<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      CallerMatch match = one(CallerMatch.values());
      String value = match == CallerMatch.ANONYMOUS ? null : digits(random.nextInt(4));
      if (taken.add(match + ":" + value)) {
        number.rule(match, value, name + "-rule" + i);
      }
    }
    return number.view();
  }

  /** A plus sign, a 1, and so many digits out of two. */
  private String digits(int more) {
    StringBuilder text = new StringBuilder("+1");
    for (int i = 0; i < more; i++) {
      text.append(random.nextInt(2));
    }
    return text.toString();
  }

  @SafeVarargs
  private <T extends @Nullable Object> T one(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
