package io.voicerouting.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.businesshours.Schedules;
import io.voicerouting.common.CallActionType;
import io.voicerouting.extension.ExtensionType;
import io.voicerouting.organization.OrganizationStatus;
import io.voicerouting.phonenumber.CallerMatch;
import io.voicerouting.phonenumber.PhoneNumberHours;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decisions about calls to phone numbers. */
class NumberDecisionTest {

  private static final String NUMBER = "+15550100";
  private static final Instant OPEN = Instant.parse("2026-11-23T14:00:00Z");
  private static final Instant CLOSED = Instant.parse("2026-11-23T03:00:00Z");

  private final MapDirectory directory =
      new MapDirectory()
          .schedule(
              Schedules.in("America/New_York")
                  .weekdays("09:00-17:00")
                  .whenOpen(CallActionType.IVR_MENU, "main")
                  .whenClosed(CallActionType.VOICEMAIL, "night")
                  .view())
          .extension("1001", ExtensionType.USER);

  @Test
  void numberFollowsTheHoursOfItsOrganization() {
    directory.number(Numbers.exact(NUMBER).view());

    Decision open = decide(null, NUMBER, OPEN);
    assertThat(open.organizationId()).isEqualTo(42L);
    assertThat(open.action()).isEqualTo(new RoutingAction.IvrMenu("main"));
    assertThat(open.reason()).isEqualTo(DecisionReason.OPEN_HOURS_ACTION);
    assertThat(open.path())
        .containsExactly("number:+15550100", "business_hours:open", "action:ivr_menu:main");
    assertThat(open.validUntil()).isEqualTo("2026-11-23T22:00:00Z");
    assertThat(decide(null, NUMBER, CLOSED).action())
        .isEqualTo(new RoutingAction.Voicemail("night"));
  }

  @Test
  void actionsOfTheNumberTakePrecedence() {
    directory.number(
        Numbers.exact(NUMBER)
            .whenOpen(CallActionType.EXTENSION, "1001")
            .whenClosed(CallActionType.RING_GROUP, "guards")
            .view());

    assertThat(decide(null, NUMBER, OPEN).path())
        .containsExactly(
            "number:+15550100", "business_hours:open", "action:extension:1001", "extension:1001");
    assertThat(decide(null, NUMBER, CLOSED).action())
        .isEqualTo(new RoutingAction.RingGroup("guards"));
  }

  @Test
  void ownScheduleReplacesThatOfTheOrganization() {
    directory
        .numberSchedule(
            9,
            Schedules.in("Europe/Berlin")
                .everyDay("00:00-24:00")
                .whenOpen(CallActionType.RING_GROUP, "hotline")
                .view())
        .number(Numbers.exact(NUMBER).hours(PhoneNumberHours.OWN, 9L).view());

    Decision decision = decide(null, NUMBER, CLOSED);

    assertThat(decision.action()).isEqualTo(new RoutingAction.RingGroup("hotline"));
    assertThat(decision.path()).contains("business_hours:open");
  }

  @ParameterizedTest
  @CsvSource({"9", ","})
  void withoutItsScheduleANumberIsOpen(@Nullable Long scheduleId) {
    directory.number(
        Numbers.exact(NUMBER)
            .hours(PhoneNumberHours.OWN, scheduleId)
            .whenOpen(CallActionType.RING_GROUP, "hotline")
            .view());

    Decision decision = decide(null, NUMBER, CLOSED);

    assertThat(decision.action()).isEqualTo(new RoutingAction.RingGroup("hotline"));
    assertThat(decision.path()).contains("business_hours:none");
    assertThat(decision.businessHours()).isNull();
  }

  @Test
  void numberWithoutHoursAndActionIsRejected() {
    directory.number(Numbers.exact(NUMBER).hours(PhoneNumberHours.OWN, 9L).view());

    assertThat(decide(null, NUMBER, OPEN).reason()).isEqualTo(DecisionReason.EXTENSION_NOT_FOUND);
  }

  @Test
  void ignoredHoursAreNotLookedUp() {
    directory.number(
        Numbers.exact(NUMBER)
            .hours(PhoneNumberHours.IGNORE, null)
            .whenOpen(CallActionType.EXTENSION, "1001")
            .view());

    DecisionResult result = result(null, NUMBER, null, CLOSED);

    assertThat(((DecisionResult.Decided) result).decision().path())
        .containsExactly(
            "number:+15550100",
            "business_hours:ignored",
            "action:extension:1001",
            "extension:1001");
    assertThat(result.lookups()).hasSize(3);
  }

  @Test
  void longestBlockWinsAndANumberPrecedesBlocks() {
    directory
        .number(Numbers.block("+1555").whenOpen(CallActionType.RING_GROUP, "short").view())
        .number(Numbers.block("+155501").whenOpen(CallActionType.RING_GROUP, "long").view())
        .number(Numbers.exact(NUMBER).whenOpen(CallActionType.RING_GROUP, "exact").view());

    assertThat(decide(null, "+15550100", OPEN).action())
        .isEqualTo(new RoutingAction.RingGroup("exact"));
    Decision block = decide(null, "+15550101", OPEN);
    assertThat(block.action()).isEqualTo(new RoutingAction.RingGroup("long"));
    assertThat(block.path()).startsWith("number:+15550101", "block:+155501");
    assertThat(decide(null, "+15559", OPEN).action())
        .isEqualTo(new RoutingAction.RingGroup("short"));
    assertThat(decide(null, "+1555", OPEN).action())
        .isEqualTo(new RoutingAction.RingGroup("short"));
    assertThat(decide(null, "+155", OPEN).reason()).isEqualTo(DecisionReason.NUMBER_NOT_FOUND);
  }

  @Test
  void callToABlockNeedsFourLookups() {
    directory.number(Numbers.block("+1555").whenOpen(CallActionType.EXTENSION, "1001").view());

    DecisionResult result = result(null, NUMBER, null, OPEN);

    assertThat(((DecisionResult.Decided) result).decision().reason())
        .isEqualTo(DecisionReason.OPEN_HOURS_ACTION);
    assertThat(result.lookups()).hasSize(4); // number, blocks, hours, extension
  }

  @Test
  void blockOfASuspendedOrganizationIsRejected() {
    directory.organization(OrganizationStatus.SUSPENDED).number(Numbers.block("+1555").view());

    Decision decision = decide(null, NUMBER, OPEN);

    assertThat(decision.reason()).isEqualTo(DecisionReason.ORGANIZATION_INACTIVE);
    assertThat(decision.path())
        .containsExactly("number:+15550100", "block:+1555", "organization:42");
  }

  @Test
  void unknownNumberBelongsToNoOrganization() {
    Decision decision = decide(null, NUMBER, OPEN);

    assertThat(decision.organizationId()).isNull();
    assertThat(decision.reason()).isEqualTo(DecisionReason.NUMBER_NOT_FOUND);
    assertThat(decision.action()).isEqualTo(new RoutingAction.Reject(RejectCause.NOT_FOUND));
  }

  @Test
  void numberOfAnotherOrganizationIsNotFound() {
    directory
        .number(Numbers.exact(NUMBER).of(43).view())
        .number(Numbers.block("+1555").view())
        .number(Numbers.block("+15552").of(43).inactive().view());

    for (String number : new String[] {NUMBER, "+155523"}) {
      Decision decision = decide(42L, number, OPEN);
      assertThat(decision.reason()).isEqualTo(DecisionReason.NUMBER_NOT_FOUND);
      assertThat(decision.organizationId()).isEqualTo(42L);
      assertThat(decision.path()).containsExactly("number:" + number);
    }
    assertThat(decide(42L, "+155539", OPEN).action()).isEqualTo(new RoutingAction.IvrMenu("main"));
  }

  @Test
  void inactiveNumberIsRejectedEvenWithinABlock() {
    directory.number(Numbers.exact(NUMBER).inactive().view()).number(Numbers.block("+1555").view());

    Decision decision = decide(null, NUMBER, OPEN);

    assertThat(decision.reason()).isEqualTo(DecisionReason.NUMBER_INACTIVE);
    assertThat(decision.action()).isEqualTo(new RoutingAction.Reject(RejectCause.UNAVAILABLE));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "+491711234, one",
        "+49171123, mobile",
        "+49301, germany",
        "sip:+49301@carrier.example;user=phone, germany",
        "tel:+49301;phone-context=x, germany",
        "null, withheld",
        "'', withheld",
        "anonymous, withheld",
        "sip:anonymous@anonymous.invalid, withheld",
        "sip:Restricted@10.0.0.1, withheld",
        "sip:alice@acme.example, main",
        "client:alice, main",
        "alice, withheld",
        "+15550199, main",
        "1001, main",
      })
  void callerRulesPrecedeHours(@Nullable String from, String expected) {
    directory.number(
        Numbers.exact(NUMBER)
            .rule(CallerMatch.ANONYMOUS, null, "withheld")
            .rule(CallerMatch.PREFIX, "+49", "germany")
            .rule(CallerMatch.EXACT, "+491711234", "one")
            .rule(CallerMatch.PREFIX, "+49171", "mobile")
            .rule(CallerMatch.PREFIX, "+4917112345", "longer")
            .view());

    DecisionResult.Decided result = (DecisionResult.Decided) result(null, NUMBER, from, OPEN);

    if (expected.equals("main")) {
      assertThat(result.decision().action()).isEqualTo(new RoutingAction.IvrMenu("main"));
    } else {
      assertThat(result.decision().action()).isEqualTo(new RoutingAction.RingGroup(expected));
      assertThat(result.decision().reason()).isEqualTo(DecisionReason.CALLER_RULE);
      assertThat(result.decision().path().get(1)).startsWith("caller:");
      assertThat(result.lookups()).hasSize(2); // neither hours nor an extension
    }
  }

  @Test
  void callerRuleMayLeadToAnExtension() {
    directory.number(
        Numbers.exact(NUMBER)
            .rule(CallerMatch.PREFIX, "+4", CallActionType.EXTENSION, "1001")
            .view());

    DecisionResult.Decided result = (DecisionResult.Decided) result(null, NUMBER, "+49301", OPEN);

    assertThat(result.decision().path())
        .containsExactly(
            "number:+15550100", "caller:prefix:+4", "action:extension:1001", "extension:1001");
    assertThat(result.decision().action()).isEqualTo(new RoutingAction.DialExtension("1001", 30));
  }

  @ParameterizedTest
  @CsvSource({"+15550100", "blocks", "organization", "schedule", "1001"})
  void lookupThatIsNotPossibleIsReported(String what) {
    directory.number(
        (what.equals("blocks") ? Numbers.block("+1555") : Numbers.exact(NUMBER))
            .whenOpen(CallActionType.EXTENSION, "1001")
            .view());
    directory.unavailable(what);

    assertThat(result(null, NUMBER, null, OPEN)).isInstanceOf(DecisionResult.Unavailable.class);
  }

  private Decision decide(@Nullable Long organization, String to, Instant at) {
    return ((DecisionResult.Decided) result(organization, to, null, at)).decision();
  }

  private DecisionResult result(
      @Nullable Long organization, String to, @Nullable String from, Instant at) {
    return new DecisionEngine(directory)
        .decide(new DecisionRequest(organization, to, from, CallDirection.INBOUND, at));
  }
}
