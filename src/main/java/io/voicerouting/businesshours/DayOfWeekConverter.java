package io.voicerouting.businesshours;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.time.DayOfWeek;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Stores a weekday as {@code monday} to {@code sunday}. */
@Converter
class DayOfWeekConverter implements AttributeConverter<DayOfWeek, String> {

  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable DayOfWeek day) {
    return day == null ? null : day.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public @Nullable DayOfWeek convertToEntityAttribute(@Nullable String day) {
    return day == null ? null : DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT));
  }
}
