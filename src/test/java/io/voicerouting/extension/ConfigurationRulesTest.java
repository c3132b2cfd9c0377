package io.voicerouting.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.common.FieldError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class ConfigurationRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "USER | {}",
        "USER | {\"timeout_seconds\":5}",
        "USER | {\"timeout_seconds\":300,\"forward_to\":\"+4930123456\"}",
        "USER | {\"no_answer_to\":\"1002\"}",
        "USER | {\"no_answer_to\":\"sip:ada@example.com\"}",
        "CONFERENCE | {\"conference_room_id\":\"room-1\"}",
        "RING_GROUP | {\"ring_group_id\":\"7f9c\"}",
        "IVR | {\"ivr_menu_id\":\"main\"}",
        "AI_ASSISTANT | {\"provider\":\"acme\",\"phone_number\":\"+15550100\"}",
        "FORWARD | {\"forward_to\":\"+15550100\"}",
        "FORWARD | {\"forward_to\":\"sip:ada@example.com\"}",
        "FORWARD | {\"forward_to\":\"sips:ada@example.com:5061;transport=tcp\"}",
        "FORWARD | {\"forward_to\":\"*100#\"}",
      })
  void acceptsTheMembersOfAType(ExtensionType type, String configuration) {
    assertThat(check(type, configuration)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "USER | {\"timeout_seconds\":4} | timeout_seconds",
        "USER | {\"timeout_seconds\":301} | timeout_seconds",
        "USER | {\"timeout_seconds\":30.5} | timeout_seconds",
        "USER | {\"timeout_seconds\":\"30\"} | timeout_seconds",
        "USER | {\"timeout_seconds\":99999999999} | timeout_seconds",
        "USER | {\"forward_to\":\"\"} | forward_to",
        "USER | {\"ring_group_id\":\"a\"} | ring_group_id",
        "USER | {\"no_answer_to\":\"desk\"} | no_answer_to",
        "FORWARD | {\"forward_to\":\"1\",\"no_answer_to\":\"2\"} | no_answer_to",
        "CONFERENCE | {} | conference_room_id",
        "CONFERENCE | {\"conference_room_id\":5} | conference_room_id",
        "CONFERENCE | {\"conference_room_id\":\"\"} | conference_room_id",
        "CONFERENCE | {\"conference_room_id\":\"a\\u0007\"} | conference_room_id",
        "RING_GROUP | {\"ring_group_id\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"} | ring_group_id",
        "IVR | {\"ivr_menu_id\":null} | ivr_menu_id",
        "AI_ASSISTANT | {\"provider\":\"acme\"} | phone_number",
        "AI_ASSISTANT | {\"provider\":\"acme\",\"phone_number\":\"5550100\"} | phone_number",
        "AI_ASSISTANT | {\"provider\":\"acme\",\"phone_number\":\"+05550100\"} | phone_number",
        "AI_ASSISTANT | {\"phone_number\":\"+15550100\"} | provider",
        "FORWARD | {\"forward_to\":\"sip:\"} | forward_to",
        "FORWARD | {\"forward_to\":\"http://example.com\"} | forward_to",
        "FORWARD | {\"forward_to\":\"12345678901234567\"} | forward_to",
        "FORWARD | {\"forward_to\":[\"1001\"]} | forward_to",
      })
  void namesInvalidMembers(ExtensionType type, String configuration, String member) {
    assertThat(check(type, configuration))
        .extracting(FieldError::field)
        .containsExactly("configuration." + member);
  }

  @Test
  void onlyAUserNeedsNoConfiguration() {
    for (ExtensionType type : ExtensionType.values()) {
      assertThat(ConfigurationRules.check(type, null))
          .extracting(FieldError::field)
          .containsExactlyElementsOf(
              type == ExtensionType.USER ? List.of() : List.of("configuration"));
    }
  }

  private static List<FieldError> check(ExtensionType type, String configuration) {
    Map<String, @Nullable Object> members =
        JsonMapper.shared().readValue(configuration, new TypeReference<>() {});
    return ConfigurationRules.check(type, members);
  }
}
