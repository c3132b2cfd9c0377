package io.voicerouting.businesshours;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The rules of business hours read out slowly: nothing is prepared, every question walks the stored
 * rows.
 */
final class WallClockOracle {

  private final BusinessHoursView view;
  private final ZoneId zone;

  WallClockOracle(BusinessHoursView view) {
    this.view = view;
    this.zone = ZoneId.of(String.valueOf(view.effectiveTimezone()));
  }

  boolean isOpen(Instant instant) {
    LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
    LocalDate today = local.toLocalDate();
    int minute = local.getHour() * 60 + local.getMinute();
    for (TimeRange range : rangesOf(today)) {
      int start = range.startTime().minute();
      int end = range.endTime().minute();
      if (end > start ? start <= minute && minute < end : start <= minute) {
        return true;
      }
    }
    if (exceptionOn(today).isPresent()) {
      return false;
    }
    for (TimeRange range : rangesOf(today.minusDays(1))) {
      int end = range.endTime().minute();
      if (end <= range.startTime().minute() && minute < end) {
        return true;
      }
    }
    return false;
  }

  /**
   * The next instant at which the wall clock shows another minute. Where the offset may change
   * before that, it is the next second.
   */
  Instant step(Instant instant) {
    Instant second = instant.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    ZonedDateTime local = instant.atZone(zone);
    Instant minute = second.plusSeconds(59L - local.getSecond());
    boolean sameOffset = zone.getRules().getOffset(minute).equals(local.getOffset());
    return sameOffset ? minute : second;
  }

  private List<TimeRange> rangesOf(LocalDate date) {
    Optional<ExceptionDay> exception = exceptionOn(date);
    if (exception.isPresent()) {
      return exception.get().type() == ExceptionType.CLOSED
          ? List.of()
          : exception.get().timeRanges();
    }
    DaySchedule day = view.schedule().day(date.getDayOfWeek());
    return day.enabled() ? day.timeRanges() : List.of();
  }

  private Optional<ExceptionDay> exceptionOn(LocalDate date) {
    for (ExceptionDay exception : view.exceptions()) {
      if (exception.date().equals(date)) {
        return Optional.of(exception);
      }
    }
    return Optional.empty();
  }
}
