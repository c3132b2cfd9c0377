package io.voicerouting.businesshours;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.Optional;
import org.hibernate.Hibernate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Schedules that are not deleted. Nested rows come by {@link #fetchNestedRows}. */
interface BusinessHoursRepository extends Repository<BusinessHoursSchedule, Long> {

  /** A schedule and the zone that counts for it. */
  record Effective(BusinessHoursSchedule schedule, String timezone) {}

  /** The schedule that counts for an organization. */
  @Query(
      """
      select s as schedule, coalesce(s.timezone, o.timezone) as timezone
      from BusinessHoursSchedule s join Organization o on o.id = s.organizationId
      where s.organizationId = :organizationId and s.deletedAt is null
        and s.status = io.voicerouting.businesshours.BusinessHoursStatus.ACTIVE
      """)
  Optional<Effective> findActive(long organizationId);

  /**
   * Schedules of an organization.
   *
   * @param status null for any
   * @param pattern of the name, its wildcards escaped by a backslash; null for any
   */
  @Query(
      """
      select s from BusinessHoursSchedule s
      where s.organizationId = :organizationId and s.deletedAt is null
        and (:status is null or s.status = :status)
        and (:pattern is null or s.name ilike :pattern escape '\\')
      """)
  Page<BusinessHoursSchedule> search(
      long organizationId,
      @Nullable BusinessHoursStatus status,
      @Nullable String pattern,
      Pageable page);

  /** One schedule of an organization. */
  @Query(
      """
      select s from BusinessHoursSchedule s
      where s.id = :id and s.organizationId = :organizationId and s.deletedAt is null
      """)
  Optional<BusinessHoursSchedule> find(long id, long organizationId);

  /** One schedule of an organization, locked against other writers until the transaction ends. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query(
      """
      select s from BusinessHoursSchedule s
      where s.id = :id and s.organizationId = :organizationId and s.deletedAt is null
      """)
  Optional<BusinessHoursSchedule> lock(long id, long organizationId);

  /** Loads everything nested in these schedules, in two statements. */
  default void fetchNestedRows(Collection<BusinessHoursSchedule> schedules) {
    for (BusinessHoursSchedule schedule : schedules) {
      Hibernate.initialize(schedule.getDays());
      Hibernate.initialize(schedule.getExceptions());
    }
  }
}
