package io.voicerouting.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.businesshours.Schedules;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallActionType;
import io.voicerouting.common.CallOverride;
import io.voicerouting.common.OverrideMode;
import io.voicerouting.extension.ExtensionType;
import io.voicerouting.phonenumber.CallerMatch;
import io.voicerouting.phonenumber.PhoneNumberHours;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverrideDecisionTest {

  private static final String NUMBER = "+15550100";
  private static final String NOON = "2026-11-23T12:00:00Z";
  private static final String EVENING = "2026-11-23T18:00:00Z";
  private static final String NIGHT = "2026-11-23T22:00:00Z";

  private static CallOverride override(
      long id, OverrideMode mode, String start, @Nullable String end) {
    return new CallOverride(
        id,
        mode,
        mode == OverrideMode.ACTION ? new CallAction(CallActionType.RING_GROUP, "hotline") : null,
        Instant.parse(start),
        end == null ? null : Instant.parse(end),
        "admin");
  }

  private static CallOverride closed(long id) {
    return override(id, OverrideMode.CLOSED, NOON, EVENING);
  }

  private static CallOverride toHotline(long id) {
    return override(id, OverrideMode.ACTION, NOON, null);
  }

  private static Schedules office() {
    return Schedules.in("UTC").everyDay("09:00-20:00");
  }

  private static MapDirectory directory() {
    return new MapDirectory().extension("1001", ExtensionType.USER);
  }

  private static Decision decide(MapDirectory directory, @Nullable String to, String at) {
    DecisionRequest request =
        new DecisionRequest(
            MapDirectory.ORGANIZATION, to, null, CallDirection.INBOUND, Instant.parse(at));
    return ((DecisionResult.Decided) new DecisionEngine(directory).decide(request)).decision();
  }

  private static Decision.Hours hours(Decision decision) {
    return Objects.requireNonNull(decision.businessHours());
  }

  @Test
  void closedAppliesFromItsFirstSecondToItsLast() {
    MapDirectory directory = directory().schedule(office().view()).override(closed(12));

    Decision before = decide(directory, "1001", "2026-11-23T11:59:59.999999Z");
    assertThat(before.path()).containsExactly("business_hours:open", "extension:1001");
    assertThat(before.validUntil()).isEqualTo(NOON);
    assertThat(hours(before).nextChangeAt()).isEqualTo(NOON);
    assertThat(hours(before).override()).isNull();

    for (String at : new String[] {NOON, "2026-11-23T17:59:59.999999Z"}) {
      Decision during = decide(directory, "1001", at);
      assertThat(during.path())
          .containsExactly("business_hours:closed", "override:12", "action:voicemail:office");
      assertThat(during.reason()).isEqualTo(DecisionReason.CLOSED_HOURS_ACTION);
      assertThat(during.validUntil()).isEqualTo(EVENING);
      assertThat(hours(during).nextChangeAt()).isEqualTo(EVENING);
      assertThat(hours(during).override())
          .isEqualTo(new AppliedOverride(12, OverrideMode.CLOSED, Instant.parse(EVENING), "admin"));
    }

    Decision after = decide(directory, "1001", EVENING);
    assertThat(after.path()).containsExactly("business_hours:open", "extension:1001");
    assertThat(after.validUntil()).isEqualTo("2026-11-23T20:00:00Z");
  }

  @Test
  void openHoldsUntilTheOverrideEndsWhateverTheScheduleDoes() {
    MapDirectory directory =
        directory()
            .schedule(office().view())
            .override(override(3, OverrideMode.OPEN, EVENING, NIGHT));
    Decision decision = decide(directory, null, EVENING);
    assertThat(decision.path())
        .containsExactly("business_hours:open", "override:3", "action:ring_group:sales");
    assertThat(decision.validUntil()).isEqualTo(NIGHT);
    assertThat(hours(decide(directory, null, NOON)).nextChangeAt()).isEqualTo(NIGHT);
  }

  @Test
  void anActionTakesEveryInboundCallAndKeepsTheState() {
    MapDirectory directory = directory().schedule(office().view()).override(toHotline(5));
    Decision open = decide(directory, "1001", NOON);
    assertThat(open.reason()).isEqualTo(DecisionReason.OVERRIDE_ACTION);
    assertThat(open.path())
        .containsExactly("business_hours:open", "override:5", "action:ring_group:hotline");
    assertThat(open.validUntil()).isEqualTo("2026-11-23T20:00:00Z");
    assertThat(decide(directory, null, NIGHT).path())
        .containsExactly("business_hours:closed", "override:5", "action:ring_group:hotline");
    DecisionRequest internal =
        new DecisionRequest(42L, "1001", null, CallDirection.INTERNAL, Instant.parse(NOON));
    assertThat(new DecisionEngine(directory).decide(internal).toString())
        .contains("reason=EXTENSION_ACTIVE");
  }

  @Test
  void theMostSpecificScopePrecedesThenTheNewest() {
    Numbers number = Numbers.exact(NUMBER);
    MapDirectory directory = directory().override(closed(1)).override(toHotline(9));
    assertThat(decide(directory.schedule(office().view()), null, NOON).path())
        .contains("override:9");
    directory.schedule(office().override(closed(4)).override(closed(2)).view());
    assertThat(decide(directory, null, NOON).path()).contains("override:4");
    directory.number(number.view());
    assertThat(decide(directory, NUMBER, NOON).path()).contains("override:4");
    directory.number(number.override(toHotline(3)).view());
    assertThat(decide(directory, NUMBER, NOON).path())
        .containsExactly(
            "number:" + NUMBER, "business_hours:open", "override:3", "action:ring_group:hotline");
    assertThat(decide(directory, NUMBER, "2026-11-23T11:00:00Z").path())
        .doesNotContain("override:3");
  }

  @Test
  void numbersKeepTheirOwnActionsExceptUnderAnActionOverride() {
    Numbers number = Numbers.exact(NUMBER).whenClosed(CallActionType.RING_GROUP, "night");
    MapDirectory directory =
        directory().schedule(office().view()).number(number.view()).override(closed(1));
    assertThat(decide(directory, NUMBER, NOON).path()).endsWith("action:ring_group:night");
    directory.override(toHotline(2));
    assertThat(decide(directory, NUMBER, NOON).path()).endsWith("action:ring_group:hotline");
  }

  @Test
  void callerRulesDecideBeforeOverrides() {
    Numbers number = Numbers.exact(NUMBER).rule(CallerMatch.ANONYMOUS, null, "rule");
    MapDirectory directory = directory().number(number.view()).override(toHotline(2));
    assertThat(decide(directory, NUMBER, NOON).reason()).isEqualTo(DecisionReason.CALLER_RULE);
  }

  @Test
  void aNumberThatIgnoresHoursHasOnlyItsOwnOverrides() {
    Numbers number =
        Numbers.exact(NUMBER)
            .hours(PhoneNumberHours.IGNORE, null)
            .whenOpen(CallActionType.RING_GROUP, "fax");
    MapDirectory directory =
        directory().schedule(office().view()).number(number.view()).override(closed(1));
    Decision decision = decide(directory, NUMBER, NOON);
    assertThat(decision.path()).endsWith("business_hours:ignored", "action:ring_group:fax");
    assertThat(decision.validUntil()).isNull();

    directory.number(number.override(closed(2)).view());
    Decision refused = decide(directory, NUMBER, NOON);
    assertThat(refused.path())
        .containsExactly("number:" + NUMBER, "business_hours:closed", "override:2");
    assertThat(refused.reason()).isEqualTo(DecisionReason.NO_CLOSED_HOURS_ACTION);
    assertThat(refused.action()).isEqualTo(new RoutingAction.Reject(RejectCause.UNAVAILABLE));
    assertThat(hours(refused).scheduleId()).isNull();
    Decision before = decide(directory, NUMBER, "2026-11-23T11:00:00Z");
    assertThat(before.businessHours()).isNull();
    assertThat(before.validUntil()).isEqualTo(NOON);
  }

  @Test
  void withoutAScheduleAnOverrideOfTheOrganizationApplies() {
    MapDirectory directory = directory().override(toHotline(2));
    assertThat(decide(directory, "1001", NOON).path())
        .containsExactly("business_hours:none", "override:2", "action:ring_group:hotline");
    directory.override(override(3, OverrideMode.OPEN, NOON, null));
    assertThat(decide(directory, "1001", NOON).path())
        .containsExactly("business_hours:open", "override:3", "extension:1001");
  }

  @Test
  void blocksCarryTheOverridesOfTheirOrganization() {
    MapDirectory directory =
        directory()
            .schedule(office().view())
            .number(Numbers.block("+155501").view())
            .override(closed(7));
    assertThat(decide(directory, NUMBER, NOON).path())
        .containsExactly(
            "number:" + NUMBER,
            "block:+155501",
            "business_hours:closed",
            "override:7",
            "action:voicemail:office");
  }

  @Test
  void changesAreFoundUpTo366DaysAhead() {
    Schedules always = Schedules.in("UTC").everyDay("00:00-24:00");
    MapDirectory directory =
        directory()
            .schedule(always.view())
            .override(override(1, OverrideMode.CLOSED, "2027-11-24T12:00:00Z", null));
    assertThat(decide(directory, null, NOON).validUntil()).isEqualTo("2027-11-24T12:00:00Z");
    assertThat(decide(directory, null, "2026-11-23T11:59:59Z").validUntil()).isNull();
  }
}
