package io.voicerouting.holiday;

import io.voicerouting.businesshours.ExceptionDay;
import io.voicerouting.businesshours.TimeRange;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Stores a list as JSON, with the member names of the API. */
abstract class JsonListConverter<T>
    implements AttributeConverter<@Nullable List<T>, @Nullable String> {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final JavaType type;

  JsonListConverter(Class<T> element) {
    type = MAPPER.getTypeFactory().constructCollectionType(List.class, element);
  }

  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable List<T> list) {
    return list == null ? null : MAPPER.writeValueAsString(list);
  }

  @Override
  public @Nullable List<T> convertToEntityAttribute(@Nullable String json) {
    return json == null ? null : MAPPER.<List<T>>readValue(json, type);
  }

  @Converter
  static class OfTimeRanges extends JsonListConverter<TimeRange> {
    OfTimeRanges() {
      super(TimeRange.class);
    }
  }

  @Converter
  static class OfExceptions extends JsonListConverter<ExceptionDay> {
    OfExceptions() {
      super(ExceptionDay.class);
    }
  }
}
