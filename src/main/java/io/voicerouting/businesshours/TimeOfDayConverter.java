package io.voicerouting.businesshours;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * Stores a {@link TimeOfDay} in a {@code time} column. PostgreSQL's driver reads and writes {@code
 * 24:00:00} as {@link LocalTime#MAX}, and only so: {@link java.sql.Time} makes midnight of it.
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

  /** Seconds, which only other applications can have written, are dropped. */
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
