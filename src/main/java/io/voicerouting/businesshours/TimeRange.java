package io.voicerouting.businesshours;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * A half-open range of wall-clock time, {@code [start, end)}. When the end is not after the start
 * the range runs past midnight into the next date.
 *
 * @param startTime first minute inside, 00:00 to 23:59
 * @param endTime first minute outside, up to 24:00
 */
@Embeddable
@Schema(
    description = "From its start up to its end; past midnight when the end is not after the start")
public record TimeRange(
    @Schema(description = "First minute inside", example = "09:00")
        @Convert(converter = TimeOfDayConverter.class)
        @JdbcTypeCode(SqlTypes.LOCAL_TIME)
        TimeOfDay startTime,
    @Schema(description = "First minute outside, up to 24:00", example = "17:00")
        @Convert(converter = TimeOfDayConverter.class)
        @JdbcTypeCode(SqlTypes.LOCAL_TIME)
        TimeOfDay endTime) {}
