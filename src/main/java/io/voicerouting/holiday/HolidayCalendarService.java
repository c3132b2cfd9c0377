package io.voicerouting.holiday;

import io.voicerouting.audit.AuditLog;
import io.voicerouting.businesshours.ImportedExceptions;
import io.voicerouting.businesshours.ScheduleDirectory;
import io.voicerouting.common.ConflictException;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.Precondition;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads and changes holiday calendars, in one transaction per call. */
@Service
@Transactional
class HolidayCalendarService {

  private static final String RESOURCE = "holiday_calendar";

  /** Most calendars of a schedule, since its cached document contains the exceptions of all. */
  private static final int MOST = 5;

  private static final Set<String> SORTABLE = Set.of("name", "source", "created_at", "updated_at");

  private final HolidayCalendarRepository calendars;
  private final ScheduleDirectory schedules;
  private final ImportedExceptions exceptions;
  private final HolidayImporter importer;
  private final AuditLog audit;
  private final InstantSource clock;

  HolidayCalendarService(
      HolidayCalendarRepository calendars,
      ScheduleDirectory schedules,
      ImportedExceptions exceptions,
      HolidayImporter importer,
      AuditLog audit,
      InstantSource clock) {
    this.calendars = calendars;
    this.schedules = schedules;
    this.exceptions = exceptions;
    this.importer = importer;
    this.audit = audit;
    this.clock = clock;
  }

  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  PageView<HolidayCalendarView> list(long organizationId, long scheduleId, PageQuery page) {
    schedules.requireTimezone(organizationId, scheduleId);
    return PageView.of(
        calendars
            .findByBusinessHoursScheduleId(scheduleId, page.toPageable(SORTABLE))
            .map(HolidayCalendar::toView));
  }

  @Transactional(readOnly = true)
  HolidayCalendarView get(long organizationId, long scheduleId, long id) {
    schedules.requireTimezone(organizationId, scheduleId);
    return calendars
        .findByIdAndBusinessHoursScheduleId(id, scheduleId)
        .map(HolidayCalendar::toView)
        .orElseThrow(() -> notFound(scheduleId, id));
  }

  /**
   * Creates a calendar, which is not read yet.
   *
   * @return its id
   * @throws ConflictException if the schedule has too many
   */
  long create(long organizationId, long scheduleId, HolidayCalendarBody body) {
    schedules.lock(organizationId, scheduleId);
    if (calendars.countByBusinessHoursScheduleId(scheduleId) >= MOST) {
      throw new ConflictException(
          "too-many-holiday-calendars", "A schedule can have " + MOST + " holiday calendars.");
    }
    HolidayCalendar calendar = new HolidayCalendar();
    calendar.setBusinessHoursScheduleId(scheduleId);
    calendar.setNextAttemptAt(clock.instant());
    body.applyTo(calendar);
    return audit
        .recordCreate(
            RESOURCE, created -> organizationId, () -> calendars.saveAndFlush(calendar).toView())
        .id();
  }

  /**
   * Replaces a calendar with what {@code change} makes of the stored document. A reading that is in
   * progress becomes void.
   */
  void replace(
      long organizationId,
      long scheduleId,
      long id,
      Function<? super HolidayCalendarView, HolidayCalendarBody> change,
      Precondition precondition) {
    HolidayCalendar calendar = lock(organizationId, scheduleId, id, precondition);
    HolidayCalendarView before = calendar.toView();
    change.apply(before).applyTo(calendar);
    if (!calendar.toView().readsSameAs(before)) {
      calendar.setAcceptNext(true);
    }
    calendar.setAttempt(calendar.getAttempt() + 1);
    calendar.setNextAttemptAt(clock.instant());
    calendar.setEtag(null);
    calendar.clearHeld();
    audit.recordUpdate(
        RESOURCE, organizationId, before, () -> calendars.saveAndFlush(calendar).toView());
  }

  /** Deletes a calendar and the exceptions imported from it. */
  void delete(long organizationId, long scheduleId, long id, Precondition precondition) {
    HolidayCalendar calendar = lock(organizationId, scheduleId, id, precondition);
    audit.recordDelete(
        RESOURCE,
        organizationId,
        calendar.toView(),
        () -> {
          exceptions.replace(scheduleId, id, List.of());
          calendars.delete(calendar);
        });
  }

  /**
   * Imports the exceptions that are held back.
   *
   * @throws ConflictException if there are none
   */
  HolidayCalendarView confirm(
      long organizationId, long scheduleId, long id, Precondition precondition) {
    HolidayCalendar calendar = lock(organizationId, scheduleId, id, precondition);
    if (calendar.getHeldExceptions() == null) {
      throw new ConflictException("nothing-held", "Nothing of this calendar is held back.");
    }
    return audit.recordUpdate(
        RESOURCE,
        organizationId,
        calendar.toView(),
        () -> {
          importer.importHeld(calendar);
          return calendar.toView();
        });
  }

  /** The schedule is locked first, as imports do. */
  private HolidayCalendar lock(
      long organizationId, long scheduleId, long id, Precondition precondition) {
    schedules.lock(organizationId, scheduleId);
    HolidayCalendar calendar =
        calendars.lock(id, scheduleId).orElseThrow(() -> notFound(scheduleId, id));
    precondition.check(calendar.toView());
    return calendar;
  }

  private static NotFoundException notFound(long scheduleId, long id) {
    return new NotFoundException(
        "holiday-calendar-not-found",
        "Schedule " + scheduleId + " has no holiday calendar with id " + id + ".");
  }
}
