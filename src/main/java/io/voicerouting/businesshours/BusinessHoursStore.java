package io.voicerouting.businesshours;

import io.voicerouting.common.ConflictException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import org.hibernate.exception.ConstraintViolationException;
import org.springframework.stereotype.Repository;

/**
 * Writes schedules, each statement before the method returns. The schedule's own row is always
 * written first: the triggers of its nested rows leave a row alone that the transaction has written
 * already, and would otherwise move its version behind Hibernate's back.
 */
@Repository
class BusinessHoursStore {

  /** The index that allows an organization one active schedule. */
  private static final String ONE_ACTIVE = "business_hours_schedules_active_unique";

  private final EntityManager entities;

  BusinessHoursStore(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Adds a schedule.
   *
   * @throws ConflictException when it is active and the organization has an active one
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
   * Changes what differs, and the version by one.
   *
   * @param schedule locked, its nested rows loaded
   * @throws ConflictException when it becomes active and the organization has an active one
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

  /** Moves the version, and with it the time that the database keeps. */
  private void touch(BusinessHoursSchedule schedule) {
    entities.lock(schedule, LockModeType.PESSIMISTIC_FORCE_INCREMENT);
    schedule.setUpdatedAt( // not by refresh, which would forget the nested rows
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
    try {
      statement.run();
    } catch (ConstraintViolationException e) {
      if (ONE_ACTIVE.equals(e.getConstraintName())) {
        throw new ConflictException(
            "active-schedule-exists", "The organization has an active schedule already.");
      }
      throw e;
    }
  }
}
