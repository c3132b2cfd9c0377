package io.voicerouting.routing;

import static io.voicerouting.extension.ExtensionType.AI_ASSISTANT;
import static io.voicerouting.extension.ExtensionType.CONFERENCE;
import static io.voicerouting.extension.ExtensionType.FORWARD;
import static io.voicerouting.extension.ExtensionType.IVR;
import static io.voicerouting.extension.ExtensionType.RING_GROUP;
import static io.voicerouting.extension.ExtensionType.USER;
import static io.voicerouting.routing.DecisionReason.CLOSED_HOURS_ACTION;
import static io.voicerouting.routing.DecisionReason.CONFIGURATION_INVALID;
import static io.voicerouting.routing.DecisionReason.EXTENSION_ACTIVE;
import static io.voicerouting.routing.DecisionReason.EXTENSION_FORWARDED;
import static io.voicerouting.routing.DecisionReason.EXTENSION_INACTIVE;
import static io.voicerouting.routing.DecisionReason.EXTENSION_NOT_FOUND;
import static io.voicerouting.routing.DecisionReason.FORWARD_LOOP;
import static io.voicerouting.routing.DecisionReason.FORWARD_TARGET_INACTIVE;
import static io.voicerouting.routing.DecisionReason.FORWARD_TARGET_NOT_FOUND;
import static io.voicerouting.routing.DecisionReason.OPEN_HOURS_ACTION;
import static io.voicerouting.routing.DecisionReason.ORGANIZATION_INACTIVE;
import static io.voicerouting.routing.DecisionReason.ORGANIZATION_NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.businesshours.BusinessHoursState;
import io.voicerouting.businesshours.Schedules;
import io.voicerouting.common.CallActionType;
import io.voicerouting.extension.ExtensionStatus;
import io.voicerouting.extension.ExtensionType;
import io.voicerouting.organization.OrganizationStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionEngineTest {

  private static final Instant OPEN = Instant.parse("2026-11-23T14:00:00Z");
  private static final Instant CLOSED = Instant.parse("2026-11-23T22:00:00Z");

  private static MapDirectory directory() {
    return new MapDirectory();
  }

  private static Schedules office() {
    return Schedules.in("America/New_York").weekdays("09:00-17:00");
  }

  private static Decision decide(
      MapDirectory directory, CallDirection direction, @Nullable String to, Instant at) {
    DecisionResult result =
        new DecisionEngine(directory)
            .decide(new DecisionRequest(MapDirectory.ORGANIZATION, to, "+15550199", direction, at));
    return ((DecisionResult.Decided) result).decision();
  }

  private static Decision internal(MapDirectory directory, String to) {
    return decide(directory, CallDirection.INTERNAL, to, OPEN);
  }

  private static Decision inbound(MapDirectory directory, @Nullable String to, Instant at) {
    return decide(directory, CallDirection.INBOUND, to, at);
  }

  private static MapDirectory with(ExtensionType type, @Nullable Object... settings) {
    return directory().extension("1001", type, settings);
  }

  private static RoutingAction dial(String extension) {
    return new RoutingAction.DialExtension(extension, 30);
  }

  static Stream<Arguments> extensions() {
    return Stream.of(
        Arguments.of(with(USER), dial("1001")),
        Arguments.of(with(USER, "forward_to", null), dial("1001")),
        Arguments.of(with(USER, "forward_to", ""), dial("1001")),
        Arguments.of(with(USER, "timeout_seconds", 5), new RoutingAction.DialExtension("1001", 5)),
        Arguments.of(
            with(USER, "timeout_seconds", 300L), new RoutingAction.DialExtension("1001", 300)),
        Arguments.of(
            with(USER, "timeout_seconds", 45.0), new RoutingAction.DialExtension("1001", 45)),
        Arguments.of(with(USER, "timeout_seconds", 4), dial("1001")),
        Arguments.of(with(USER, "timeout_seconds", 301), dial("1001")),
        Arguments.of(with(USER, "timeout_seconds", 4294967326L), dial("1001")),
        Arguments.of(with(USER, "timeout_seconds", 45.5), dial("1001")),
        Arguments.of(with(USER, "timeout_seconds", "45"), dial("1001")),
        Arguments.of(with(USER, "timeout_seconds", List.of(45)), dial("1001")),
        Arguments.of(
            with(CONFERENCE, "conference_room_id", "c-1"), new RoutingAction.JoinConference("c-1")),
        Arguments.of(with(RING_GROUP, "ring_group_id", "g-1"), new RoutingAction.RingGroup("g-1")),
        Arguments.of(with(IVR, "ivr_menu_id", "m-1"), new RoutingAction.IvrMenu("m-1")),
        Arguments.of(
            with(AI_ASSISTANT, "provider", "acme", "phone_number", "+15550177"),
            new RoutingAction.AiAssistant("acme", "+15550177")));
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void routesByTypeOfExtension(MapDirectory directory, RoutingAction action) {
    Decision decision = internal(directory, "1001");
    assertThat(decision.outcome()).isEqualTo(DecisionOutcome.ROUTE);
    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.reason()).isEqualTo(EXTENSION_ACTIVE);
    assertThat(decision.path()).containsExactly("extension:1001");
  }

  @Test
  void treatsMissingConfigurationAsEmpty() {
    MapDirectory directory =
        directory()
            .extension("1001", USER, ExtensionStatus.ACTIVE, null)
            .extension("1002", IVR, ExtensionStatus.ACTIVE, null);
    assertThat(internal(directory, "1001").action()).isEqualTo(dial("1001"));
    assertThat(internal(directory, "1002").reason()).isEqualTo(CONFIGURATION_INVALID);
  }

  static Stream<MapDirectory> invalidExtensions() {
    return Stream.of(
        with(FORWARD),
        with(FORWARD, "forward_to", null),
        with(FORWARD, "forward_to", " "),
        with(FORWARD, "forward_to", 1002),
        with(FORWARD, "forward_to", "next door"),
        with(FORWARD, "forward_to", "sip:"),
        with(FORWARD, "forward_to", "tel:+15550100"),
        with(FORWARD, "forward_to", "12345678901234567"),
        with(USER, "forward_to", 1002),
        with(USER, "forward_to", Map.of("number", "1002")),
        with(CONFERENCE),
        with(CONFERENCE, "conference_room_id", 7),
        with(RING_GROUP, "ring_group_id", ""),
        with(IVR, "ivr_menu_id", List.of("m-1")),
        with(AI_ASSISTANT, "provider", "acme"),
        with(AI_ASSISTANT, "phone_number", "+15550177"),
        with(AI_ASSISTANT, "provider", "acme", "phone_number", "1001"));
  }

  @ParameterizedTest
  @MethodSource("invalidExtensions")
  void rejectsInvalidConfigurations(MapDirectory directory) {
    Decision decision = internal(directory, "1001");
    assertThat(decision.reason()).isEqualTo(CONFIGURATION_INVALID);
    assertThat(decision.action()).isEqualTo(new RoutingAction.Reject(RejectCause.UNAVAILABLE));
  }

  static Stream<Arguments> forwards() {
    return Stream.of(
        Arguments.of(FORWARD, "+15550100", new RoutingAction.DialNumber("+15550100")),
        Arguments.of(USER, "+15550100", new RoutingAction.DialNumber("+15550100")),
        Arguments.of(FORWARD, "sip:a@pbx.test", new RoutingAction.DialSip("sip:a@pbx.test")),
        Arguments.of(FORWARD, "SIPS:a@pbx.test", new RoutingAction.DialSip("SIPS:a@pbx.test")));
  }

  @ParameterizedTest
  @MethodSource("forwards")
  void forwardsToExternalTargets(ExtensionType type, String target, RoutingAction action) {
    Decision decision = internal(with(type, "forward_to", target), "1001");
    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.reason()).isEqualTo(EXTENSION_FORWARDED);
    assertThat(decision.path()).containsExactly("extension:1001", "forward:" + target);
  }

  @Test
  void forwardsToAnotherExtension() {
    MapDirectory directory = with(USER, "forward_to", "*1002#").extension("*1002#", USER);
    Decision decision = internal(directory, "1001");
    assertThat(decision.action()).isEqualTo(dial("*1002#"));
    assertThat(decision.reason()).isEqualTo(EXTENSION_FORWARDED);
    assertThat(decision.path())
        .containsExactly("extension:1001", "forward:*1002#", "extension:*1002#");
  }

  @Test
  void looksUpAnExtensionThatStartsWithPlus() {
    MapDirectory directory = with(FORWARD, "forward_to", "+0").extension("+0", USER);
    assertThat(internal(directory, "1001").action()).isEqualTo(dial("+0"));
  }

  private static Decision forwardedTimes(int times, String end) {
    MapDirectory directory = directory().extension("9", USER);
    for (int i = 1; i <= times; i++) {
      directory.extension("1" + i, FORWARD, "forward_to", i == times ? end : "1" + (i + 1));
    }
    return internal(directory, "11");
  }

  @ParameterizedTest
  @CsvSource({"9", "+15550100", "sip:a@pbx.test"})
  void followsAtMostFiveForwards(String end) {
    assertThat(forwardedTimes(5, end).reason()).isEqualTo(EXTENSION_FORWARDED);
    Decision sixth = forwardedTimes(6, end);
    assertThat(sixth.reason()).isEqualTo(FORWARD_LOOP);
    assertThat(sixth.action()).isEqualTo(new RoutingAction.Reject(RejectCause.FORWARD_LOOP));
    assertThat(sixth.path()).hasSize(12).endsWith("extension:16", "forward:" + end);
  }

  @Test
  void detectsLoops() {
    MapDirectory directory =
        with(FORWARD, "forward_to", "1002")
            .extension("1002", USER, "forward_to", "1001")
            .extension("1003", FORWARD, "forward_to", "1003");
    assertThat(internal(directory, "1001").path())
        .containsExactly("extension:1001", "forward:1002", "extension:1002", "forward:1001");
    assertThat(internal(directory, "1001").reason()).isEqualTo(FORWARD_LOOP);
    assertThat(internal(directory, "1003").reason()).isEqualTo(FORWARD_LOOP);
    assertThat(internal(directory, "1003").path())
        .containsExactly("extension:1003", "forward:1003");
  }

  @Test
  void rejectsMissingAndInactiveExtensions() {
    MapDirectory directory =
        with(FORWARD, "forward_to", "1002").extension("1003", FORWARD, "forward_to", "1004");
    directory.inactive("1004");
    assertReject(internal(directory, "1002"), EXTENSION_NOT_FOUND, "extension:1002");
    assertReject(internal(directory, "1004"), EXTENSION_INACTIVE, "extension:1004");
    assertReject(
        internal(directory, "1001"),
        FORWARD_TARGET_NOT_FOUND,
        "extension:1001",
        "forward:1002",
        "extension:1002");
    assertReject(
        internal(directory, "1003"),
        FORWARD_TARGET_INACTIVE,
        "extension:1003",
        "forward:1004",
        "extension:1004");
  }

  @ParameterizedTest
  @CsvSource({"INTERNAL", "INBOUND"})
  void rejectsByOrganization(CallDirection direction) {
    assertReject(
        decide(with(USER).organization(null), direction, "1001", OPEN),
        ORGANIZATION_NOT_FOUND,
        "organization:42");
    assertReject(
        decide(with(USER).organization(OrganizationStatus.SUSPENDED), direction, "1001", OPEN),
        ORGANIZATION_INACTIVE,
        "organization:42");
  }

  private static void assertReject(Decision decision, DecisionReason reason, String... path) {
    assertThat(decision.outcome()).isEqualTo(DecisionOutcome.REJECT);
    assertThat(decision.reason()).isEqualTo(reason);
    RejectCause cause =
        reason.code().endsWith("not_found") ? RejectCause.NOT_FOUND : RejectCause.UNAVAILABLE;
    assertThat(decision.action()).isEqualTo(new RoutingAction.Reject(cause));
    assertThat(decision.path()).containsExactly(path);
  }

  @Test
  void internalCallsIgnoreBusinessHours() {
    Decision decision =
        decide(with(USER).schedule(office().view()), CallDirection.INTERNAL, "1001", CLOSED);
    assertThat(decision.action()).isEqualTo(dial("1001"));
    assertThat(decision.businessHours()).isNull();
    assertThat(decision.validUntil()).isNull();
  }

  @Test
  void inboundCallsWithoutAScheduleGoToTheExtension() {
    Decision decision = inbound(with(USER), "1001", CLOSED);
    assertThat(decision.action()).isEqualTo(dial("1001"));
    assertThat(decision.path()).containsExactly("business_hours:none", "extension:1001");
    assertThat(decision.businessHours()).isNull();
    assertThat(decision.validUntil()).isNull();
    assertReject(inbound(with(USER), null, OPEN), EXTENSION_NOT_FOUND, "business_hours:none");
  }

  @Test
  void inboundCallsWhileOpenGoToTheExtension() {
    MapDirectory directory =
        with(USER).schedule(office().view()).extension("1002", FORWARD, "forward_to", "1001");
    Decision decision = inbound(directory, "1001", OPEN);
    assertThat(decision.action()).isEqualTo(dial("1001"));
    assertThat(decision.reason()).isEqualTo(EXTENSION_ACTIVE);
    assertThat(decision.path()).containsExactly("business_hours:open", "extension:1001");
    assertThat(decision.businessHours())
        .isEqualTo(
            new Decision.Hours(
                7L, BusinessHoursState.OPEN, Instant.parse("2026-11-23T22:00:00Z"), null));
    assertThat(decision.validUntil()).isEqualTo("2026-11-23T22:00:00Z");
    assertThat(inbound(directory, "1002", OPEN).reason()).isEqualTo(EXTENSION_FORWARDED);
    assertReject(
        inbound(directory, "1003", OPEN),
        EXTENSION_NOT_FOUND,
        "business_hours:open",
        "extension:1003");
  }

  @Test
  void lastInstantBeforeClosingIsOpen() {
    MapDirectory directory = with(USER).schedule(office().view());
    assertThat(inbound(directory, "1001", CLOSED.minusNanos(1)).reason())
        .isEqualTo(EXTENSION_ACTIVE);
    assertThat(inbound(directory, "1001", CLOSED).reason()).isEqualTo(CLOSED_HOURS_ACTION);
  }

  static Stream<Arguments> actions() {
    return Stream.of(
        Arguments.of(CallActionType.RING_GROUP, "g-1", new RoutingAction.RingGroup("g-1")),
        Arguments.of(
            CallActionType.CONFERENCE_ROOM, "c-1", new RoutingAction.JoinConference("c-1")),
        Arguments.of(CallActionType.IVR_MENU, "m-1", new RoutingAction.IvrMenu("m-1")),
        Arguments.of(CallActionType.VOICEMAIL, "box", new RoutingAction.Voicemail("box")),
        Arguments.of(
            CallActionType.EXTERNAL, "+15550100", new RoutingAction.DialNumber("+15550100")),
        Arguments.of(
            CallActionType.EXTERNAL, "sip:a@pbx.test", new RoutingAction.DialSip("sip:a@pbx.test")),
        Arguments.of(CallActionType.EXTERNAL, "1001", null),
        Arguments.of(CallActionType.EXTENSION, "desk", null),
        Arguments.of(CallActionType.VOICEMAIL, " ", null));
  }

  @ParameterizedTest
  @MethodSource("actions")
  void appliesTheActionOfTheSchedule(
      CallActionType type, String target, @Nullable RoutingAction action) {
    MapDirectory directory =
        with(USER).schedule(office().whenOpen(type, target).whenClosed(type, target).view());
    String step = "action:" + type.code() + ":" + target;
    Decision open = inbound(directory, null, OPEN);
    Decision closed = inbound(directory, "1001", CLOSED);
    assertThat(open.path()).containsExactly("business_hours:open", step);
    assertThat(closed.path()).containsExactly("business_hours:closed", step);
    assertThat(closed.validUntil()).isEqualTo("2026-11-24T14:00:00Z");
    if (action == null) {
      assertThat(List.of(open.reason(), closed.reason())).containsOnly(CONFIGURATION_INVALID);
    } else {
      assertThat(List.of(open.action(), closed.action())).containsOnly(action);
      assertThat(open.reason()).isEqualTo(OPEN_HOURS_ACTION);
      assertThat(closed.reason()).isEqualTo(CLOSED_HOURS_ACTION);
    }
  }

  @Test
  void appliesTheActionOfARange() {
    MapDirectory directory =
        with(USER)
            .schedule(
                Schedules.in("America/New_York")
                    .weekdays("09:00-10:00 early", "10:00-17:00")
                    .view());
    Decision early = inbound(directory, null, OPEN);
    assertThat(early.action()).isEqualTo(new RoutingAction.Voicemail("early"));
    assertThat(early.reason()).isEqualTo(OPEN_HOURS_ACTION);
    assertThat(early.path()).containsExactly("business_hours:open", "action:voicemail:early");
    assertThat(early.validUntil()).isEqualTo("2026-11-23T15:00:00Z");
    assertThat(early.businessHours())
        .isEqualTo(
            new Decision.Hours(
                7L, BusinessHoursState.OPEN, Instant.parse("2026-11-23T22:00:00Z"), null));
    assertThat(inbound(directory, "1001", OPEN).action()).isEqualTo(dial("1001"));
  }

  @ParameterizedTest
  @CsvSource({
    "1001, CLOSED_HOURS_ACTION, action:extension:1001 extension:1001",
    "1002, CLOSED_HOURS_ACTION, action:extension:1002 extension:1002 forward:1001 extension:1001",
    "1003, ACTION_TARGET_INACTIVE, action:extension:1003 extension:1003",
    "1004, ACTION_TARGET_NOT_FOUND, action:extension:1004 extension:1004",
    "1005, FORWARD_TARGET_INACTIVE, action:extension:1005 extension:1005 forward:1003 extension:1003",
  })
  void followsAnActionToAnExtension(String target, DecisionReason reason, String path) {
    MapDirectory directory =
        with(USER)
            .extension("1002", USER, "forward_to", "1001")
            .inactive("1003")
            .extension("1005", FORWARD, "forward_to", "1003")
            .schedule(office().whenClosed(CallActionType.EXTENSION, target).view());
    Decision decision = inbound(directory, null, CLOSED);
    assertThat(decision.reason()).isEqualTo(reason);
    assertThat(decision.path().getFirst()).isEqualTo("business_hours:closed");
    assertThat(decision.path().stream().skip(1)).containsExactly(path.split(" "));
  }

  @Test
  void rejectsInboundCallsUnderAnUnknownZone() {
    MapDirectory directory = with(USER).schedule(Schedules.in("Mars/Phobos").view());
    Decision decision = inbound(directory, "1001", OPEN);
    assertReject(decision, CONFIGURATION_INVALID, "business_hours:none");
    assertThat(decision.businessHours()).isNull();
    assertThat(internal(directory, "1001").action()).isEqualTo(dial("1001"));
  }

  @ParameterizedTest
  @CsvSource({"organization, 1", "schedule, 2", "1001, 3", "1002, 4"})
  void unavailableLookupMakesTheDecisionUnavailable(String what, int lookups) {
    MapDirectory directory =
        with(USER, "forward_to", "1002")
            .extension("1002", USER)
            .schedule(office().view())
            .unavailable(what);
    DecisionResult result =
        new DecisionEngine(directory)
            .decide(new DecisionRequest(42L, "1001", null, CallDirection.INBOUND, OPEN));
    assertThat(result)
        .isEqualTo(
            new DecisionResult.Unavailable(
                MapDirectory.RETRY_AFTER,
                Stream.generate(() -> MapDirectory.HIT).limit(lookups).toList()));
  }

  @ParameterizedTest
  @CsvSource({"organization", "schedule", "1001", "1002"})
  void degradedLookupMakesTheDecisionDegraded(String what) {
    MapDirectory directory =
        with(USER, "forward_to", "1002").extension("1002", USER).schedule(office().view());
    assertThat(inbound(directory, "1001", OPEN).degraded()).isFalse();
    assertThat(inbound(directory.degraded(what), "1001", OPEN).degraded()).isTrue();
  }

  @Test
  void reportsLookupsInOrder() {
    MapDirectory directory = with(USER).schedule(office().view()).degraded("schedule");
    DecisionResult result =
        new DecisionEngine(directory)
            .decide(new DecisionRequest(42L, "1001", null, CallDirection.INBOUND, OPEN));
    assertThat(result.lookups())
        .isEqualTo(Arrays.asList(MapDirectory.HIT, MapDirectory.DEGRADED, MapDirectory.HIT));
  }

  @Test
  void internalCallNeedsANumber() {
    assertThatThrownBy(() -> new DecisionRequest(42L, null, null, CallDirection.INTERNAL, OPEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("to: null (expected: extension number)");
  }
}
