package io.voicerouting.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursState;
import io.voicerouting.businesshours.Schedules;
import io.voicerouting.common.CallOverride;
import io.voicerouting.common.OverrideMode;
import io.voicerouting.extension.ExtensionType;
import io.voicerouting.organization.OrganizationStatus;
import io.voicerouting.organization.OrganizationView;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class DecisionJsonTest {

  private static final Instant OPEN = Instant.parse("2026-11-23T14:00:00Z");

  private final JsonMapper json =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final MapDirectory directory =
      new MapDirectory()
          .extension("1001", ExtensionType.USER)
          .schedule(
              Schedules.in("America/New_York").weekdays("09:00-17:00").except("2026-12-25").view());

  private String decision(String to, String from, CallDirection direction) {
    DecisionResult result =
        new DecisionEngine(directory).decide(new DecisionRequest(42L, to, from, direction, OPEN));
    return json.writeValueAsString(((DecisionResult.Decided) result).decision());
  }

  @Test
  void writesTheDecisionOfTheContract() {
    assertThat(decision("1001", "+15550100", CallDirection.INBOUND))
        .isEqualTo(
            """
            {"organization_id":42,"to":"1001","from":"+15550100","direction":"inbound",\
            "outcome":"route","action":{"type":"dial_extension","extension":"1001","timeout_seconds":30,\
            "then":null},\
            "reason":"extension_active","path":["business_hours:open","extension:1001"],\
            "business_hours":{"schedule_id":7,"state":"open","next_change_at":"2026-11-23T22:00:00Z"},\
            "evaluated_at":"2026-11-23T14:00:00Z","valid_until":"2026-11-23T22:00:00Z","degraded":false}""");
  }

  @Test
  void writesARejectionWithItsNulls() {
    DecisionResult result =
        new DecisionEngine(new MapDirectory())
            .decide(new DecisionRequest(42L, null, null, CallDirection.INBOUND, OPEN));
    assertThat(json.writeValueAsString(((DecisionResult.Decided) result).decision()))
        .isEqualTo(
            """
            {"organization_id":42,"to":null,"from":null,"direction":"inbound",\
            "outcome":"reject","action":{"type":"reject","cause":"not_found"},\
            "reason":"extension_not_found","path":["business_hours:none"],\
            "business_hours":null,\
            "evaluated_at":"2026-11-23T14:00:00Z","valid_until":null,"degraded":false}""");
  }

  static Stream<Arguments> actions() {
    return Stream.of(
        Arguments.of(
            new RoutingAction.DialNumber("+15550100"),
            "{\"type\":\"dial_number\",\"number\":\"+15550100\",\"then\":null}"),
        Arguments.of(
            new RoutingAction.DialSip("sip:a@pbx.test"),
            "{\"type\":\"dial_sip\",\"uri\":\"sip:a@pbx.test\",\"then\":null}"),
        Arguments.of(
            new RoutingAction.DialExtension("1001", 30, new RoutingAction.Voicemail("1001")),
            "{\"type\":\"dial_extension\",\"extension\":\"1001\",\"timeout_seconds\":30,"
                + "\"then\":{\"type\":\"voicemail\",\"mailbox\":\"1001\"}}"),
        Arguments.of(
            new RoutingAction.JoinConference("c-1"),
            "{\"type\":\"join_conference\",\"conference_room_id\":\"c-1\"}"),
        Arguments.of(
            new RoutingAction.RingGroup("g-1"),
            "{\"type\":\"ring_group\",\"ring_group_id\":\"g-1\"}"),
        Arguments.of(
            new RoutingAction.IvrMenu("m-1"), "{\"type\":\"ivr_menu\",\"ivr_menu_id\":\"m-1\"}"),
        Arguments.of(
            new RoutingAction.AiAssistant("acme", "+15550177"),
            "{\"type\":\"ai_assistant\",\"provider\":\"acme\",\"phone_number\":\"+15550177\"}"),
        Arguments.of(
            new RoutingAction.Voicemail("box"), "{\"type\":\"voicemail\",\"mailbox\":\"box\"}"),
        Arguments.of(
            new RoutingAction.Reject(RejectCause.FORWARD_LOOP),
            "{\"type\":\"reject\",\"cause\":\"forward_loop\"}"));
  }

  @ParameterizedTest
  @MethodSource("actions")
  void writesEveryActionWithItsType(RoutingAction action, String expected) {
    assertThat(json.writerFor(RoutingAction.class).writeValueAsString(action)).isEqualTo(expected);
  }

  @Test
  void writesEveryCode() {
    assertThat(json.writeValueAsString(List.of(DecisionReason.values())))
        .isEqualTo(
            """
            ["extension_active","extension_forwarded","open_hours_action","closed_hours_action",\
            "override_action","caller_rule","do_not_disturb","no_closed_hours_action",\
            "number_not_found","number_inactive",\
            "extension_not_found","extension_inactive","forward_target_not_found",\
            "forward_target_inactive","forward_loop","action_target_not_found",\
            "action_target_inactive","organization_inactive","organization_not_found",\
            "configuration_invalid"]""");
  }

  private String status(String at, CallOverride... overrides) {
    ActiveSchedule schedule =
        ActiveSchedule.of(
            Schedules.in("America/New_York").weekdays("09:00-17:00").except("2026-12-25").view());
    OrganizationView organization =
        new OrganizationView(
            42,
            0,
            Instant.EPOCH,
            Instant.EPOCH,
            "Acme",
            "UTC",
            OrganizationStatus.ACTIVE,
            null,
            List.of(overrides));
    return json.writeValueAsString(
        BusinessHoursStatusAnswer.of(
            (ActiveSchedule.Valid) schedule, organization, Instant.parse(at)));
  }

  private static CallOverride override(OverrideMode mode, @Nullable String end) {
    return new CallOverride(
        12,
        mode,
        mode == OverrideMode.ACTION ? Schedules.mailbox("hotline") : null,
        Instant.parse("2026-11-23T14:30:00Z"),
        end == null ? null : Instant.parse(end),
        "admin");
  }

  @Test
  void writesTheStatusOfAnOverride() {
    CallOverride closed = override(OverrideMode.CLOSED, "2026-11-23T15:00:00Z");
    assertThat(status("2026-11-23T14:59:59Z", closed))
        .isEqualTo(
            """
            {"organization_id":42,"schedule_id":7,"state":"closed","timezone":"America/New_York",\
            "local_time":"2026-11-23T09:59:59-05:00","matched":null,\
            "override":{"id":12,"mode":"closed","ends_at":"2026-11-23T15:00:00Z",\
            "created_by":"admin"},"action":{"type":"voicemail","target":"office"},\
            "evaluated_at":"2026-11-23T14:59:59Z","next_change_at":"2026-11-23T15:00:00Z"}""");
    assertThat(status("2026-11-23T14:00:00Z", closed))
        .contains("\"state\":\"open\"", "\"next_change_at\":\"2026-11-23T14:30:00Z\"")
        .doesNotContain("override");
    assertThat(status("2026-11-23T15:00:00Z", override(OverrideMode.ACTION, null)))
        .contains(
            "\"state\":\"open\"",
            "\"matched\":{\"kind\":\"weekly\"",
            "\"override\":{\"id\":12,\"mode\":\"action\",\"ends_at\":null,",
            "\"action\":{\"type\":\"voicemail\",\"target\":\"hotline\"}",
            "\"next_change_at\":\"2026-11-23T22:00:00Z\"");
  }

  @Test
  void writesTheOverrideOfADecision() {
    Decision.Hours hours =
        new Decision.Hours(
            null,
            BusinessHoursState.CLOSED,
            Instant.parse("2026-11-23T15:00:00Z"),
            AppliedOverride.of(override(OverrideMode.CLOSED, "2026-11-23T15:00:00Z")));
    assertThat(json.writeValueAsString(hours))
        .isEqualTo(
            """
            {"schedule_id":null,"state":"closed","next_change_at":"2026-11-23T15:00:00Z",\
            "override":{"id":12,"mode":"closed","ends_at":"2026-11-23T15:00:00Z",\
            "created_by":"admin"}}""");
  }

  @Test
  void writesTheStatusWhileOpen() {
    assertThat(status("2026-11-23T14:00:00Z"))
        .isEqualTo(
            """
            {"organization_id":42,"schedule_id":7,"state":"open","timezone":"America/New_York",\
            "local_time":"2026-11-23T09:00:00-05:00",\
            "matched":{"kind":"weekly","date":"2026-11-23","start_time":"09:00","end_time":"17:00"},\
            "action":{"type":"ring_group","target":"sales"},\
            "evaluated_at":"2026-11-23T14:00:00Z","next_change_at":"2026-11-23T22:00:00Z"}""");
  }

  @Test
  void writesTheStatusOfAClosedException() {
    assertThat(status("2026-12-25T15:00:00Z"))
        .isEqualTo(
            """
            {"organization_id":42,"schedule_id":7,"state":"closed","timezone":"America/New_York",\
            "local_time":"2026-12-25T10:00:00-05:00",\
            "matched":{"kind":"exception","date":"2026-12-25","name":"Day 2026-12-25"},\
            "action":{"type":"voicemail","target":"office"},\
            "evaluated_at":"2026-12-25T15:00:00Z","next_change_at":"2026-12-28T14:00:00Z"}""");
  }

  @Test
  void writesNoMatch() {
    assertThat(status("2026-11-23T22:00:00Z")).contains("\"state\":\"closed\"", "\"matched\":null");
  }
}
