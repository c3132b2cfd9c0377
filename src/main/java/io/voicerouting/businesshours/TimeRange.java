package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallAction;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A half-open range of wall-clock time, {@code [start, end)}. It runs past midnight into the next
 * date if the end is not after the start.
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
        TimeOfDay endTime,
    @Schema(
            description =
                "What to do with calls in the range; if missing, the action of the exception or"
                    + " else of the schedule")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Embedded
        @AttributeOverride(name = "type", column = @Column(name = "action_type"))
        @AttributeOverride(name = "target", column = @Column(name = "action_target"))
        @Nullable CallAction action) {

  /** Creates a range without an action of its own. */
  public TimeRange(TimeOfDay startTime, TimeOfDay endTime) {
    this(startTime, endTime, null);
  }
}
