package io.voicerouting.businesshours;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The exceptions that holiday calendars add to schedules. A change increases the version of the
 * schedule, since its document shows them.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class ImportedExceptions {

  private final EntityManager entities;

  ImportedExceptions(EntityManager entities) {
    this.entities = entities;
  }

  /** Lists the exceptions of a calendar, sorted by date. */
  public List<ExceptionDay> find(long calendarId) {
    return rows(calendarId).stream()
        .map(BusinessHoursMapping::exception)
        .sorted(ExceptionDay.BY_DATE)
        .toList();
  }

  /**
   * Replaces the exceptions of a calendar; only differences are written.
   *
   * @param scheduleId id of the calendar's schedule, which is locked
   */
  public void replace(long scheduleId, long calendarId, List<ExceptionDay> wanted) {
    List<ExceptionDay> missing = new ArrayList<>(wanted);
    for (BusinessHoursException row : rows(calendarId)) {
      if (!missing.remove(BusinessHoursMapping.exception(row))) {
        entities.remove(row);
      }
    }
    BusinessHoursSchedule schedule = entities.getReference(BusinessHoursSchedule.class, scheduleId);
    for (ExceptionDay exception : missing) {
      entities.persist(row(schedule, calendarId, exception));
    }
    entities.flush();
  }

  private List<BusinessHoursException> rows(long calendarId) {
    return entities
        .createQuery(
            """
            select distinct e from BusinessHoursException e left join fetch e.timeRanges
            where e.holidayCalendarId = :calendarId
            """,
            BusinessHoursException.class)
        .setParameter("calendarId", calendarId)
        .getResultList();
  }

  private static BusinessHoursException row(
      BusinessHoursSchedule schedule, long calendarId, ExceptionDay exception) {
    BusinessHoursException row = new BusinessHoursException();
    row.setSchedule(schedule);
    row.setOrigin(ExceptionOrigin.IMPORTED);
    row.setHolidayCalendarId(calendarId);
    row.setDate(exception.date());
    row.setEndDate(exception.endDate());
    row.setRecurrence(exception.recurrence());
    row.setWeekOfMonth(exception.weekOfMonth());
    row.setName(exception.name());
    row.setType(exception.type());
    row.setAction(exception.action());
    exception.timeRanges().forEach(row::addRange);
    return row;
  }
}
