package io.voicerouting.extension;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores a configuration as JSON. Other applications may store values that no cached document or
 * answer can hold, such as numbers of thousands of digits or a thousand nested arrays. Such a
 * configuration reads as null, so that the rest of the row stays usable. Members that are null or
 * empty strings are not set, and are omitted.
 */
@Converter
class ConfigurationConverter implements AttributeConverter<Map<String, @Nullable Object>, String> {

  private static final int DEEPEST = 100;

  private static final TypeReference<Map<String, @Nullable Object>> TYPE = new TypeReference<>() {};

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .build();

  @Override
  public @Nullable String convertToDatabaseColumn(
      @Nullable Map<String, @Nullable Object> configuration) {
    return configuration == null ? null : MAPPER.writeValueAsString(configuration);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> convertToEntityAttribute(@Nullable String json) {
    try {
      return json == null ? null : ConfigurationMembers.withoutUnset(MAPPER.readValue(json, TYPE));
    } catch (JacksonException e) {
      return null;
    }
  }
}
