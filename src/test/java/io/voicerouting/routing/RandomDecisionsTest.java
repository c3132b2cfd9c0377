package io.voicerouting.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.businesshours.CallActionType;
import io.voicerouting.businesshours.Schedules;
import io.voicerouting.extension.ExtensionStatus;
import io.voicerouting.extension.ExtensionType;
import io.voicerouting.organization.OrganizationStatus;
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
          "timeout_seconds",
          "conference_room_id",
          "ring_group_id",
          "ivr_menu_id",
          "provider",
          "phone_number");

  private final long seed = Long.getLong("decision.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void decisionsAreConsistent() {
    for (int i = 0; i < DECISIONS; i++) {
      MapDirectory directory = directory();
      CallDirection direction = one(CallDirection.values());
      String to = direction == CallDirection.INTERNAL || random.nextBoolean() ? number() : null;
      Instant at = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
      DecisionRequest request = new DecisionRequest(42, to, null, direction, at);
      DecisionResult.Decided decided =
          (DecisionResult.Decided) new DecisionEngine(directory).decide(request);
      try {
        check(decided.decision());
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
    assertThat(cause != null).isEqualTo(rejected);
    if (cause != null) {
      assertThat(decision.action()).isEqualTo(new RoutingAction.Reject(cause));
    }
    long forwards = steps(decision, "forward:");
    boolean looped = decision.reason() == DecisionReason.FORWARD_LOOP;
    assertThat(forwards).isLessThanOrEqualTo(looped ? 6 : 5);
    assertThat(decision.path().stream().filter(step -> step.startsWith("extension:")))
        .doesNotHaveDuplicates();
    assertThat(looped).isEqualTo(forwards == 6 || leadsBack(decision.path()));
    assertThat(decision.businessHours() != null)
        .isEqualTo(decision.path().getFirst().matches("business_hours:(open|closed)"));
    assertThat(decision.validUntil())
        .isEqualTo(
            decision.businessHours() == null ? null : decision.businessHours().nextChangeAt());
    if (decision.action() instanceof RoutingAction.DialExtension dial) {
      assertThat(decision.path()).endsWith("extension:" + dial.extension());
    }
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
    return 1 + (inbound ? 1 : 0) + (int) steps(decision, "extension:");
  }

  private static long steps(Decision decision, String kind) {
    return decision.path().stream().filter(step -> step.startsWith(kind)).count();
  }

  private MapDirectory directory() {
    MapDirectory directory = new MapDirectory();
    if (random.nextInt(20) == 0) {
      directory.organization(random.nextBoolean() ? OrganizationStatus.SUSPENDED : null);
    }
    if (random.nextInt(4) != 0) {
      directory.schedule(
          Schedules.in(one("UTC", "Europe/Berlin", "Asia/Kolkata", "Mars/Phobos"))
              .everyDay(one("00:00-24:00", "08:00-20:00", "22:00-06:00"))
              .whenOpen(one(CallActionType.values()), target())
              .whenClosed(one(CallActionType.values()), target())
              .view());
    }
    for (String number : NUMBERS) {
      ExtensionStatus status =
          random.nextInt(8) == 0 ? ExtensionStatus.INACTIVE : ExtensionStatus.ACTIVE;
      if (random.nextInt(8) != 0) {
        directory.extension(number, type(), status, configuration());
      }
    }
    return directory;
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
