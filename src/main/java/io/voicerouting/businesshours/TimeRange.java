package io.voicerouting.businesshours;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * A half-open range of wall-clock time, {@code [start, end)}. It runs past midnight into the next
 * date if the end is not after the start.
 *
 * @param startTime first minute in the range, 00:00 to 23:59
 * @param endTime first minute after the range, up to 24:00
 */
@Embeddable
@Schema(
    description =
        "From start to end, exclusive; runs past midnight if the end is not after the start")
public record TimeRange(
    @Schema(description = "First minute in the range", example = "09:00")
        @Convert(converter = TimeOfDayConverter.class)
        @JdbcTypeCode(SqlTypes.LOCAL_TIME)
        TimeOfDay startTime,
    @Schema(description = "First minute after the range, up to 24:00", example = "17:00")
        @Convert(converter = TimeOfDayConverter.class)
        @JdbcTypeCode(SqlTypes.LOCAL_TIME)
        TimeOfDay endTime) {}
