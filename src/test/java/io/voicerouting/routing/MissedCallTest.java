package io.voicerouting.routing;

import static io.voicerouting.extension.ExtensionType.CONFERENCE;
import static io.voicerouting.extension.ExtensionType.FORWARD;
import static io.voicerouting.extension.ExtensionType.RING_GROUP;
import static io.voicerouting.extension.ExtensionType.USER;
import static io.voicerouting.routing.DecisionReason.CLOSED_HOURS_ACTION;
import static io.voicerouting.routing.DecisionReason.DO_NOT_DISTURB;
import static io.voicerouting.routing.DecisionReason.EXTENSION_ACTIVE;
import static io.voicerouting.routing.DecisionReason.EXTENSION_FORWARDED;
import static io.voicerouting.routing.DecisionReason.EXTENSION_INACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.businesshours.Schedules;
import io.voicerouting.common.CallActionType;
import io.voicerouting.routing.MapDirectory.Flags;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows a missed call, do-not-disturb, and forwards that are switched off. */
class MissedCallTest {

  private static final Instant CLOSED = Instant.parse("2026-11-23T22:00:00Z");
  private static final RoutingAction MAILBOX = new RoutingAction.Voicemail("1001");

  private static DecisionResult result(MapDirectory directory, CallDirection direction) {
    return new DecisionEngine(directory)
        .decide(new DecisionRequest(MapDirectory.ORGANIZATION, "1001", null, direction, CLOSED));
  }

  private static Decision decide(MapDirectory directory) {
    return ((DecisionResult.Decided) result(directory, CallDirection.INTERNAL)).decision();
  }

  private static MapDirectory with(Flags flags, @Nullable Object... settings) {
    return new MapDirectory().extension("1001", USER, flags, settings);
  }

  private static RoutingAction dial(String extension, @Nullable RoutingAction then) {
    return new RoutingAction.DialExtension(extension, 30, then);
  }

  @Test
  void mailboxFollowsAPhoneIfEnabled() {
    Decision decision = decide(with(Flags.VOICEMAIL));
    assertThat(decision.action()).isEqualTo(dial("1001", MAILBOX));
    assertThat(decision.path()).containsExactly("extension:1001");
    assertThat(decide(with(Flags.DEFAULT)).action()).isEqualTo(dial("1001", null));
  }

  @Test
  void mailboxOfTheForwarderFollowsItsForward() {
    RoutingAction number = new RoutingAction.DialNumber("+15550100", MAILBOX);
    assertThat(decide(with(Flags.VOICEMAIL, "forward_to", "+15550100")).action()).isEqualTo(number);
    assertThat(
            decide(
                    new MapDirectory()
                        .extension(
                            "1001", FORWARD, Flags.VOICEMAIL, "forward_to", "sip:a@pbx.test"))
                .action())
        .isEqualTo(new RoutingAction.DialSip("sip:a@pbx.test", MAILBOX));
  }

  @Test
  void lastExtensionDecidesWhatFollows() {
    MapDirectory directory =
        with(Flags.VOICEMAIL, "forward_to", "1002").extension("1002", USER, Flags.DEFAULT);
    assertThat(decide(directory).action()).isEqualTo(dial("1002", null));
    directory.extension("1002", USER, Flags.VOICEMAIL);
    assertThat(decide(directory).action())
        .isEqualTo(dial("1002", new RoutingAction.Voicemail("1002")));
  }

  @Test
  void nothingFollowsWhatIsNotDialled() {
    MapDirectory directory =
        new MapDirectory()
            .extension("1001", RING_GROUP, Flags.VOICEMAIL, "ring_group_id", "sales")
            .schedule(Schedules.in("UTC").whenClosed(CallActionType.EXTERNAL, "+15550100").view());
    assertThat(decide(directory).action()).isEqualTo(new RoutingAction.RingGroup("sales"));
    assertThat(
            ((DecisionResult.Decided) result(directory, CallDirection.INBOUND)).decision().action())
        .isEqualTo(new RoutingAction.DialNumber("+15550100", null));
  }

  @ParameterizedTest
  @CsvSource({"+15550100", "sip:a@pbx.test"})
  void noAnswerTargetPrecedesTheMailbox(String target) {
    Decision decision = decide(with(Flags.VOICEMAIL, "no_answer_to", target));
    RoutingAction then =
        target.startsWith("+")
            ? new RoutingAction.DialNumber(target)
            : new RoutingAction.DialSip(target);
    assertThat(decision.action()).isEqualTo(dial("1001", then));
    assertThat(decision.reason()).isEqualTo(EXTENSION_ACTIVE);
    assertThat(decision.path()).containsExactly("extension:1001", "no_answer:" + target);
  }

  @Test
  void noAnswerTargetIsLookedUpAndFollowedOneLevelDeep() {
    MapDirectory directory =
        with(Flags.VOICEMAIL, "no_answer_to", "1002")
            .extension("1002", USER, Flags.DEFAULT, "forward_to", "1003")
            .extension("1003", USER, Flags.VOICEMAIL, "no_answer_to", "1004")
            .extension("1004", USER);
    Decision decision = decide(directory);
    assertThat(decision.action()).isEqualTo(dial("1001", dial("1003", null)));
    assertThat(decision.reason()).isEqualTo(EXTENSION_ACTIVE);
    assertThat(decision.path())
        .containsExactly(
            "extension:1001", "no_answer:1002", "extension:1002", "forward:1003", "extension:1003");
    assertThat(result(directory, CallDirection.INTERNAL).lookups()).hasSize(4);
  }

  @Test
  void noAnswerTargetMayBeOfAnyType() {
    MapDirectory directory =
        with(Flags.DEFAULT, "no_answer_to", "1002")
            .extension("1002", RING_GROUP, "ring_group_id", "sales");
    assertThat(decide(directory).action())
        .isEqualTo(dial("1001", new RoutingAction.RingGroup("sales")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1001", "1002", "1003", "1004", "1005", "1006", "desk", "", " "})
  void mailboxFollowsIfTheNoAnswerTargetLeadsNowhere(String target) {
    for (Flags flags : List.of(Flags.VOICEMAIL, Flags.DEFAULT)) {
      MapDirectory directory =
          with(flags, "no_answer_to", target)
              .inactive("1003")
              .extension("1004", FORWARD, "forward_to", "1001")
              .extension("1005", USER, Flags.VOICEMAIL_ONLY)
              .extension("1006", CONFERENCE);
      Decision decision = decide(directory);
      assertThat(decision.action()).isEqualTo(dial("1001", flags.voicemail() ? MAILBOX : null));
      assertThat(decision.reason()).isEqualTo(EXTENSION_ACTIVE);
      assertThat(decision.degraded()).isFalse();
    }
  }

  @Test
  void invalidNoAnswerTargetIsIgnored() {
    assertThat(decide(with(Flags.VOICEMAIL, "no_answer_to", 5)).action())
        .isEqualTo(dial("1001", MAILBOX));
    assertThat(decide(with(Flags.DEFAULT, "no_answer_to", null)).action())
        .isEqualTo(dial("1001", null));
  }

  @Test
  void forwardsBeforeAndAfterTheMissedCallCountTogether() {
    MapDirectory directory = with(Flags.DEFAULT, "forward_to", "1");
    for (int i = 1; i <= 3; i++) {
      directory.extension("" + i, FORWARD, "forward_to", "" + (i + 1));
    }
    directory.extension("4", USER, Flags.VOICEMAIL, "no_answer_to", "+15550100");
    assertThat(decide(directory).action())
        .isEqualTo(dial("4", new RoutingAction.DialNumber("+15550100")));
    directory.extension("4", USER, Flags.VOICEMAIL, "no_answer_to", "5");
    directory.extension("5", FORWARD, "forward_to", "+15550100");
    Decision sixth = decide(directory);
    assertThat(sixth.action()).isEqualTo(dial("4", new RoutingAction.Voicemail("4")));
    assertThat(sixth.reason()).isEqualTo(EXTENSION_FORWARDED);
  }

  @Test
  void phoneRingsIfTheNoAnswerTargetCannotBeLookedUp() {
    MapDirectory directory = with(Flags.VOICEMAIL, "no_answer_to", "1002").unavailable("1002");
    Decision decision = decide(directory);
    assertThat(decision.action()).isEqualTo(dial("1001", MAILBOX));
    assertThat(decision.degraded()).isTrue();
  }

  @Test
  void doNotDisturbGoesToWhatFollows() {
    Decision mailbox = decide(with(Flags.VOICEMAIL_ONLY));
    assertThat(mailbox.outcome()).isEqualTo(DecisionOutcome.ROUTE);
    assertThat(mailbox.action()).isEqualTo(MAILBOX);
    assertThat(mailbox.reason()).isEqualTo(DO_NOT_DISTURB);
    assertThat(mailbox.path()).containsExactly("extension:1001", "do_not_disturb:1001");

    Decision target =
        decide(
            with(Flags.VOICEMAIL_ONLY, "no_answer_to", "1002")
                .extension("1002", USER, Flags.VOICEMAIL));
    assertThat(target.action()).isEqualTo(dial("1002", null));
    assertThat(target.reason()).isEqualTo(DO_NOT_DISTURB);
    assertThat(target.path())
        .containsExactly(
            "extension:1001", "do_not_disturb:1001", "no_answer:1002", "extension:1002");
  }

  @Test
  void doNotDisturbRejectsIfNothingFollows() {
    Decision decision = decide(with(Flags.DO_NOT_DISTURB));
    assertThat(decision.action()).isEqualTo(new RoutingAction.Reject(RejectCause.UNAVAILABLE));
    assertThat(decision.reason()).isEqualTo(DO_NOT_DISTURB);
  }

  @Test
  void doNotDisturbAppliesToEveryType() {
    MapDirectory directory =
        new MapDirectory()
            .extension("1001", RING_GROUP, Flags.VOICEMAIL_ONLY, "ring_group_id", "sales");
    assertThat(decide(directory).action()).isEqualTo(MAILBOX);
  }

  @Test
  void doNotDisturbIsUnavailableIfItsTargetCannotBeLookedUp() {
    MapDirectory directory = with(Flags.DO_NOT_DISTURB, "no_answer_to", "1002").unavailable("1002");
    assertThat(result(directory, CallDirection.INTERNAL))
        .isInstanceOfSatisfying(
            DecisionResult.Unavailable.class,
            unavailable ->
                assertThat(unavailable.retryAfter()).isEqualTo(MapDirectory.RETRY_AFTER));
  }

  @Test
  void enabledForwardPrecedesDoNotDisturb() {
    assertThat(decide(with(Flags.DO_NOT_DISTURB, "forward_to", "+15550100")).action())
        .isEqualTo(new RoutingAction.DialNumber("+15550100"));
  }

  @Test
  void reasonOfTheScheduleStandsAtAnExtensionNotToBeDisturbed() {
    MapDirectory directory =
        with(Flags.VOICEMAIL_ONLY)
            .schedule(Schedules.in("UTC").whenClosed(CallActionType.EXTENSION, "1001").view());
    Decision decision =
        ((DecisionResult.Decided) result(directory, CallDirection.INBOUND)).decision();
    assertThat(decision.action()).isEqualTo(MAILBOX);
    assertThat(decision.reason()).isEqualTo(CLOSED_HOURS_ACTION);
  }

  @Test
  void forwardThatIsSwitchedOffIsNotFollowed() {
    Decision decision = decide(with(Flags.FORWARD_OFF, "forward_to", "+15550100"));
    assertThat(decision.action()).isEqualTo(dial("1001", null));
    assertThat(decision.reason()).isEqualTo(EXTENSION_ACTIVE);
    assertThat(
            decide(
                    new MapDirectory()
                        .extension("1001", FORWARD, Flags.FORWARD_OFF, "forward_to", "+15550100"))
                .reason())
        .isEqualTo(EXTENSION_INACTIVE);
  }
}
