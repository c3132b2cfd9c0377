package io.voicerouting.audit;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads changed members. Other applications may have stored values that no answer can hold, such as
 * numbers of thousands of digits; their changes read as null.
 */
@Converter
class ChangesConverter implements AttributeConverter<Map<String, @Nullable Object>, String> {

  private static final TypeReference<Map<String, @Nullable Object>> TYPE = new TypeReference<>() {};

  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable Map<String, @Nullable Object> changes) {
    return changes == null ? null : JsonMapper.shared().writeValueAsString(changes);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> convertToEntityAttribute(@Nullable String json) {
    try {
      return json == null ? null : JsonMapper.shared().readValue(json, TYPE);
    } catch (JacksonException e) {
      return null;
    }
  }
}
