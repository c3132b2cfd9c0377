package io.voicerouting.holiday;

import io.voicerouting.businesshours.ExceptionDay;
import io.voicerouting.businesshours.ExceptionType;
import io.voicerouting.businesshours.TimeRange;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.VersionedEntity;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import lombok.Getter;
import lombok.Setter;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code holiday_calendars}. */
@Entity
@Table(name = "holiday_calendars")
@Getter
@Setter
@SuppressWarnings("NullAway.Init") // set by Hibernate, or by the code that creates a row
class HolidayCalendar extends VersionedEntity {

  @Column(updatable = false)
  private long businessHoursScheduleId;

  private String name;

  @Enumerated(EnumType.STRING)
  private HolidaySource source;

  private @Nullable String country;

  private @Nullable String subdivision;

  private @Nullable String url;

  @Enumerated(EnumType.STRING)
  private ExceptionType type;

  @Convert(converter = JsonListConverter.OfTimeRanges.class)
  @JdbcTypeCode(SqlTypes.JSON)
  private List<TimeRange> timeRanges;

  @Embedded
  @AttributeOverride(name = "type", column = @Column(name = "action_type"))
  @AttributeOverride(name = "target", column = @Column(name = "action_target"))
  private @Nullable CallAction action;

  private int refreshMinutes;

  /** Number of the last claim; see {@link HolidayClaims}. */
  private long attempt;

  private Instant nextAttemptAt;

  private @Nullable Instant lastSuccessAt;

  private @Nullable String lastError;

  private int failures;

  private @Nullable String etag;

  @JdbcTypeCode(SqlTypes.LOCAL_DATE)
  private @Nullable LocalDate importedOn;

  private boolean acceptNext = true;

  @Convert(converter = JsonListConverter.OfExceptions.class)
  @JdbcTypeCode(SqlTypes.JSON)
  private @Nullable List<ExceptionDay> heldExceptions;

  private @Nullable Instant heldSince;

  private @Nullable Integer heldLostDays;

  void clearHeld() {
    heldExceptions = null;
    heldSince = null;
    heldLostDays = null;
  }

  /** Converts the row to the form in which answers show it. */
  HolidayCalendarView toView() {
    return new HolidayCalendarView(
        getId(),
        getVersion(),
        getCreatedAt(),
        getUpdatedAt(),
        businessHoursScheduleId,
        name,
        source,
        country,
        subdivision,
        url,
        type,
        timeRanges,
        action,
        refreshMinutes,
        state(),
        lastSuccessAt,
        lastError,
        failures,
        heldExceptions == null || heldSince == null || heldLostDays == null
            ? null
            : new HeldImport(heldSince, heldLostDays, heldExceptions));
  }

  private HolidayCalendarState state() {
    if (heldExceptions != null) {
      return HolidayCalendarState.HELD;
    }
    if (failures > 0) {
      return HolidayCalendarState.FAILING;
    }
    return lastSuccessAt == null ? HolidayCalendarState.PENDING : HolidayCalendarState.OK;
  }
}
