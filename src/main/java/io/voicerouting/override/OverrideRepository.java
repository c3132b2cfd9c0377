package io.voicerouting.override;

import io.voicerouting.common.OverrideMode;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Rows of {@code routing_overrides}. */
interface OverrideRepository extends Repository<RoutingOverride, Long> {

  /**
   * Searches the overrides of an organization.
   *
   * @param scope null for any
   * @param state code of an {@link OverrideState}; null for any
   * @param pattern for the note, wildcards escaped with a backslash; null for any
   */
  @Query(
      """
      select o from RoutingOverride o
      where o.organizationId = :organizationId
        and (:scope is null or o.scope = :scope)
        and (:state is null
          or :state = 'cleared' and o.clearedAt is not null
          or :state = 'over' and o.clearedAt is null and o.endsAt <= :now
          or :state = 'upcoming' and o.clearedAt is null and o.startsAt > :now
          or :state = 'in_force' and o.clearedAt is null and o.startsAt <= :now
            and (o.endsAt is null or o.endsAt > :now))
        and (:pattern is null or o.note ilike :pattern escape '\\')
      """)
  Page<RoutingOverride> search(
      long organizationId,
      @Nullable OverrideScope scope,
      @Nullable String state,
      Instant now,
      @Nullable String pattern,
      Pageable page);

  Optional<RoutingOverride> findByIdAndOrganizationId(long id, long organizationId);

  List<RoutingOverride> findByOrganizationIdAndIdIn(long organizationId, Collection<Long> ids);

  /** Finds an override and locks it against other writers until the transaction ends. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select o from RoutingOverride o where o.id = :id and o.organizationId = :organizationId")
  Optional<RoutingOverride> lock(long id, long organizationId);

  /** Lists overrides in force of one scope and mode, the newest first, and locks them. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query(
      """
      select o from RoutingOverride o
      where o.organizationId = :organizationId and o.scope = :scope and o.mode = :mode
        and o.businessHoursScheduleId is not distinct from :scheduleId
        and o.phoneNumberId is not distinct from :numberId
        and o.clearedAt is null and o.startsAt <= :now and (o.endsAt is null or o.endsAt > :now)
      order by o.id desc
      """)
  List<RoutingOverride> lockInForce(
      long organizationId,
      OverrideScope scope,
      @Nullable Long scheduleId,
      @Nullable Long numberId,
      OverrideMode mode,
      Instant now);

  /** Counts the overrides of an organization that are neither cleared nor over. */
  @Query(
      """
      select count(o) from RoutingOverride o
      where o.organizationId = :organizationId
        and o.clearedAt is null and (o.endsAt is null or o.endsAt > :now)
      """)
  long countCurrent(long organizationId, Instant now);

  /** Counts overrides of all organizations that began before an instant and have no end. */
  @Query(
      """
      select count(o) from RoutingOverride o
      where o.clearedAt is null and o.endsAt is null and o.startsAt < :before
      """)
  long countWithoutEnd(Instant before);

  RoutingOverride saveAndFlush(RoutingOverride override);
}
