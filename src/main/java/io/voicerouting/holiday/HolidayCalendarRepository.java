package io.voicerouting.holiday;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Rows of {@code holiday_calendars}. */
interface HolidayCalendarRepository extends Repository<HolidayCalendar, Long> {

  Page<HolidayCalendar> findByBusinessHoursScheduleId(long scheduleId, Pageable page);

  int countByBusinessHoursScheduleId(long scheduleId);

  Optional<HolidayCalendar> findByIdAndBusinessHoursScheduleId(long id, long scheduleId);

  /**
   * Finds a calendar of a schedule and locks it against other writers until the transaction ends.
   * The schedule is locked first, since its calendars write it.
   */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query(
      "select c from HolidayCalendar c where c.id = :id and c.businessHoursScheduleId = :scheduleId")
  Optional<HolidayCalendar> lock(long id, long scheduleId);

  HolidayCalendar saveAndFlush(HolidayCalendar calendar);

  void delete(HolidayCalendar calendar);
}
