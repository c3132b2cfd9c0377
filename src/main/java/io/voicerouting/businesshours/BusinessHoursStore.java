package io.voicerouting.businesshours;

import io.voicerouting.common.ConflictException;
import io.voicerouting.common.UniqueConstraint;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/**
 * Writes schedules; each statement is executed before the method returns. The schedule's own row is
 * always written before its nested rows. Otherwise a trigger of the nested rows would increase the
 * version of the schedule without Hibernate's knowledge. The trigger skips a schedule that the
 * transaction has already written.
 */
@Repository
class BusinessHoursStore {

  /** Name of the index that allows one active schedule per organization. */
  private static final UniqueConstraint ONE_ACTIVE =
      new UniqueConstraint("business_hours_schedules_active_unique", "active-schedule-exists");

  private final EntityManager entities;

  BusinessHoursStore(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Inserts a schedule.
   *
   * @throws ConflictException if it is active and the organization already has an active one
   */
  BusinessHoursSchedule insert(long organizationId, BusinessHoursDraft draft) {
    BusinessHoursSchedule schedule = new BusinessHoursSchedule();
    schedule.setOrganizationId(organizationId);
    BusinessHoursMerge.mergeColumns(draft, schedule);
    BusinessHoursMerge.mergeNestedRows(draft, schedule);
    executeRejectingSecondActive(() -> entities.persist(schedule));
    entities.flush();
    return schedule;
  }

  /**
   * Writes what differs and increases the version by one.
   *
   * @param schedule locked, with its nested rows loaded
   * @throws ConflictException if it becomes active and the organization already has an active one
   */
  void update(BusinessHoursSchedule schedule, BusinessHoursDraft draft) {
    long version = schedule.getVersion();
    BusinessHoursMerge.mergeColumns(draft, schedule);
    executeRejectingSecondActive(entities::flush);
    if (schedule.getVersion() == version) {
      touch(schedule);
    }
    BusinessHoursMerge.mergeNestedRows(draft, schedule);
    entities.flush();
  }

  /**
   * Makes a schedule the active one.
   *
   * @param active the schedule that was active so far; both are locked
   * @throws ConflictException if another writer activated a third one
   */
  void activate(BusinessHoursSchedule schedule, Optional<BusinessHoursSchedule> active) {
    active.ifPresent(
        replaced -> {
          replaced.setStatus(BusinessHoursStatus.INACTIVE);
          entities.flush(); // first, because only one schedule may be active
        });
    schedule.setStatus(BusinessHoursStatus.ACTIVE);
    executeRejectingSecondActive(entities::flush);
  }

  /** Increases the version, which also updates the time of the last change. */
  private void touch(BusinessHoursSchedule schedule) {
    entities.lock(schedule, LockModeType.PESSIMISTIC_FORCE_INCREMENT);
    schedule.setUpdatedAt( // not refresh, which would discard the nested rows
        entities
            .createQuery(
                "select s.updatedAt from BusinessHoursSchedule s where s = :schedule",
                Instant.class)
            .setParameter("schedule", schedule)
            .getSingleResult());
  }

  /** Marks a schedule as deleted; its rows stay. */
  void delete(BusinessHoursSchedule schedule, Instant now) {
    schedule.setDeletedAt(now);
    entities.flush();
  }

  private static void executeRejectingSecondActive(Runnable statement) {
    ONE_ACTIVE.check(
        () -> {
          statement.run();
          return null;
        },
        () -> "The organization has an active schedule already.");
  }
}
