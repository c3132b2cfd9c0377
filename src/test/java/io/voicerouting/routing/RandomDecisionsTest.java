package io.voicerouting.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.businesshours.Schedules;
import io.voicerouting.cache.Lookup;
import io.voicerouting.common.CallActionType;
import io.voicerouting.extension.ExtensionStatus;
import io.voicerouting.extension.ExtensionType;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationStatus;
import io.voicerouting.routing.MapDirectory.Flags;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Decides about calls of random organizations with many invalid rows, and checks that each decision
 * is consistent. {@code -Ddecision.seed=42} sets the seed.
 */
class RandomDecisionsTest {

  private static final int DECISIONS = 5_000;

  private static final List<String> NUMBERS = List.of("1", "2", "3", "4", "5", "6", "7", "8", "9");

  private static final List<String> SETTINGS =
      List.of(
          "forward_to",
          "no_answer_to",
          "timeout_seconds",
          "conference_room_id",
          "ring_group_id",
          "ivr_menu_id",
          "provider",
          "phone_number");

  private final long seed = Long.getLong("decision.seed", 24);
  private final Random random = new Random(seed);

  @Test
  void decisionsAreConsistent() {
    for (int i = 0; i < DECISIONS; i++) {
      MapDirectory directory = directory();
      CallDirection direction = one(CallDirection.values());
      String to = direction == CallDirection.INTERNAL || random.nextBoolean() ? number() : null;
      Instant at = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
      DecisionRequest request = new DecisionRequest(42L, to, null, direction, at);
      DecisionResult.Decided decided =
          (DecisionResult.Decided) new DecisionEngine(directory).decide(request);
      try {
        check(decided.decision());
        checkMailbox(decided.decision(), directory);
        assertThat(decided.lookups()).hasSize(lookups(decided.decision()));
      } catch (AssertionError e) {
        throw new AssertionError("seed %d, decision %d: %s".formatted(seed, i, decided), e);
      }
    }
    System.out.printf("decision.seed=%d: %,d decisions%n", seed, DECISIONS);
  }

  private static void check(Decision decision) {
    boolean rejected = decision.outcome() == DecisionOutcome.REJECT;
    RejectCause cause = decision.reason().cause();
    assertThat(cause != null)
        .isEqualTo(rejected || decision.reason() == DecisionReason.DO_NOT_DISTURB);
    if (rejected && cause != null) {
      assertThat(decision.action()).isEqualTo(new RoutingAction.Reject(cause));
    }
    // Rules for loops apply to what follows a missed call, too, but do not reject the call there.
    List<String> main = beforeTheMissedCall(decision.path());
    long forwards = steps(main, "forward:");
    boolean looped = decision.reason() == DecisionReason.FORWARD_LOOP;
    assertThat(forwards).isLessThanOrEqualTo(looped ? 6 : 5);
    assertThat(steps(decision.path(), "forward:") + steps(decision.path(), "no_answer:"))
        .isLessThanOrEqualTo(6);
    assertThat(steps(decision.path(), "no_answer:")).isLessThanOrEqualTo(1);
    assertThat(decision.path().stream().filter(step -> step.startsWith("extension:")))
        .doesNotHaveDuplicates();
    assertThat(looped).isEqualTo(forwards == 6 || leadsBack(main));
    assertThat(decision.businessHours() != null)
        .isEqualTo(decision.path().getFirst().matches("business_hours:(open|closed)"));
    Decision.Hours hours = decision.businessHours();
    if (hours == null) {
      assertThat(decision.validUntil()).isNull();
    } else if (hours.nextChangeAt() != null) {
      assertThat(decision.validUntil())
          .isAfter(decision.evaluatedAt())
          .isBeforeOrEqualTo(hours.nextChangeAt());
    }
    checkMissedCall(decision, main);
  }

  private static void checkMissedCall(Decision decision, List<String> main) {
    boolean quiet = main.getLast().startsWith("do_not_disturb:");
    if (decision.action() instanceof RoutingAction.DialExtension dial) {
      assertThat(quiet ? decision.path() : main).endsWith("extension:" + dial.extension());
    }
    assertThat(decision.reason() == DecisionReason.DO_NOT_DISTURB && !quiet).isFalse();
    RoutingAction then = then(decision.action());
    boolean answersElsewhere = main.size() < decision.path().size();
    assertThat(answersElsewhere && !quiet && !(decision.action() instanceof RoutingAction.Dial))
        .isFalse();
    if (then != null) {
      assertThat(quiet).isFalse();
      assertThat(then(then)).isNull();
      assertThat(then).isNotInstanceOf(RoutingAction.Reject.class);
    }
  }

  /** The mailbox of the last extension follows unless something else does. */
  private static void checkMailbox(Decision decision, MapDirectory directory) {
    List<String> main = beforeTheMissedCall(decision.path());
    boolean quiet = main.getLast().startsWith("do_not_disturb:");
    String last =
        main.reversed().stream().filter(s -> s.startsWith("extension:")).findFirst().orElse("");
    boolean dialled = !last.isEmpty() && decision.action() instanceof RoutingAction.Dial;
    if (!quiet && !dialled) {
      return;
    }
    String number = last.replace("extension:", "");
    ExtensionView extension =
        ((Lookup.Found<ExtensionView>) directory.getExtension(42, number)).value();
    RoutingAction next = quiet ? decision.action() : then(decision.action());
    RoutingAction mailbox = new RoutingAction.Voicemail(number);
    if (main.size() == decision.path().size()) { // there is no target of missed calls
      boolean expected = extension.voicemailEnabled();
      assertThat(mailbox.equals(next)).isEqualTo(expected);
      assertThat(expected || next == null || next instanceof RoutingAction.Reject).isTrue();
    } else {
      assertThat(extension.voicemailEnabled() && next == null).isFalse();
      assertThat(extension.type()).isEqualTo(ExtensionType.USER);
    }
  }

  private static @Nullable RoutingAction then(RoutingAction action) {
    return switch (action) {
      case RoutingAction.DialExtension dial -> dial.then();
      case RoutingAction.DialNumber dial -> dial.then();
      case RoutingAction.DialSip dial -> dial.then();
      default -> null;
    };
  }

  private static List<String> beforeTheMissedCall(List<String> path) {
    return path.stream().takeWhile(step -> !step.startsWith("no_answer:")).toList();
  }

  /** Whether the last step is a forward to an extension that the call has already reached. */
  private static boolean leadsBack(List<String> path) {
    String last = path.getLast();
    return last.startsWith("forward:")
        && new HashSet<>(path).contains(last.replaceFirst("forward:", "extension:"));
  }

  private static int lookups(Decision decision) {
    boolean byOrganization = decision.path().getFirst().startsWith("organization:");
    boolean inbound = decision.direction() == CallDirection.INBOUND && !byOrganization;
    return 1 + (inbound ? 1 : 0) + (int) steps(decision.path(), "extension:");
  }

  private static long steps(List<String> path, String kind) {
    return path.stream().filter(step -> step.startsWith(kind)).count();
  }

  private MapDirectory directory() {
    MapDirectory directory = new MapDirectory();
    if (random.nextInt(20) == 0) {
      directory.organization(random.nextBoolean() ? OrganizationStatus.SUSPENDED : null);
    }
    if (random.nextInt(4) != 0) {
      directory.schedule(
          Schedules.in(one("UTC", "Europe/Berlin", "Asia/Kolkata", "Mars/Phobos"))
              .everyDay(
                  one("00:00-24:00", "08:00-20:00", "22:00-06:00"),
                  one("12:00-13:00 \u0000", "06:00-08:00 lunch"))
              .whenOpen(one(CallActionType.values()), target())
              .whenClosed(one(CallActionType.values()), target())
              .view());
    }
    for (String number : NUMBERS) {
      ExtensionStatus status =
          random.nextInt(8) == 0 ? ExtensionStatus.INACTIVE : ExtensionStatus.ACTIVE;
      if (random.nextInt(8) != 0) {
        Flags flags = new Flags(random.nextBoolean(), quiet(), random.nextInt(8) != 0);
        directory.extension(number, type(), status, configuration(), flags);
      }
    }
    return directory;
  }

  private boolean quiet() {
    return random.nextInt(6) == 0;
  }

  /** Half of them forward, so that paths are long. */
  private ExtensionType type() {
    return random.nextBoolean() ? ExtensionType.FORWARD : one(ExtensionType.values());
  }

  private @Nullable Map<String, @Nullable Object> configuration() {
    if (random.nextInt(20) == 0) {
      return null;
    }
    Map<String, @Nullable Object> configuration = new HashMap<>();
    for (String name : SETTINGS) {
      if (random.nextInt(10) != 0) {
        configuration.put(name, value());
      }
    }
    return configuration;
  }

  private @Nullable Object value() {
    return switch (random.nextInt(20)) {
      case 0 -> null;
      case 1 -> random.nextInt();
      case 2 -> random.nextDouble();
      case 3 -> random.nextBoolean();
      case 4 -> Arrays.asList("1", null);
      case 5 -> Map.of("number", "1");
      default -> target();
    };
  }

  private String target() {
    return random.nextInt(3) != 0
        ? number()
        : one("", " ", "+15550100", "+1", "sip:a@pbx.test", "sip:", "desk", "\u0000", "404");
  }

  private String number() {
    return one(NUMBERS.toArray(String[]::new));
  }

  @SafeVarargs
  private <T> T one(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
