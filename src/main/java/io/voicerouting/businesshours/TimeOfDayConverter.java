package io.voicerouting.businesshours;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * Stores a {@link TimeOfDay} in a {@code time} column. PostgreSQL's driver maps {@code 24:00:00} to
 * {@link LocalTime#MAX}; {@link java.sql.Time} would turn it into midnight.
 */
@Converter
class TimeOfDayConverter implements AttributeConverter<TimeOfDay, LocalTime> {

  @Override
  public @Nullable LocalTime convertToDatabaseColumn(@Nullable TimeOfDay time) {
    if (time == null) {
      return null;
    }
    return time.minute() == TimeOfDay.MINUTES_PER_DAY
        ? LocalTime.MAX
        : LocalTime.of(time.minute() / 60, time.minute() % 60);
  }

  /** Drops seconds, which only other applications can write. */
  @Override
  public @Nullable TimeOfDay convertToEntityAttribute(@Nullable LocalTime time) {
    if (time == null) {
      return null;
    }
    return time.equals(LocalTime.MAX)
        ? new TimeOfDay(TimeOfDay.MINUTES_PER_DAY)
        : new TimeOfDay(time.getHour() * 60 + time.getMinute());
  }
}
