package io.voicerouting.phonenumber;

import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallActionType;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores caller rules as JSON. The database checks them for every writer. A rule that still cannot
 * be read is omitted, so that the rest of the row stays usable.
 */
@Converter
class CallerRulesConverter implements AttributeConverter<List<CallerRule>, String> {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  @Override
  public String convertToDatabaseColumn(@Nullable List<CallerRule> rules) {
    return MAPPER.writeValueAsString(Objects.requireNonNullElse(rules, List.of()));
  }

  @Override
  public List<CallerRule> convertToEntityAttribute(@Nullable String json) {
    List<CallerRule> rules = new ArrayList<>();
    for (JsonNode element : MAPPER.readTree(Objects.requireNonNullElse(json, "[]"))) {
      CallerRule rule = read(element);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return List.copyOf(rules);
  }

  private static @Nullable CallerRule read(JsonNode element) {
    try {
      CallerMatch match = MAPPER.treeToValue(element.path("match"), CallerMatch.class);
      CallActionType type = MAPPER.treeToValue(element.at("/action/type"), CallActionType.class);
      String target = element.at("/action/target").stringValue(null);
      String value = element.path("value").stringValue(null);
      return match == null || type == null || target == null
          ? null
          : new CallerRule(match, value, new CallAction(type, target));
    } catch (JacksonException e) {
      return null;
    }
  }
}
