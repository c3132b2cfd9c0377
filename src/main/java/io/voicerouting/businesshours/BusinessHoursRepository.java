package io.voicerouting.businesshours;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.Hibernate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Schedules that are not deleted. {@link #fetchNestedRows} loads nested rows. */
interface BusinessHoursRepository extends Repository<BusinessHoursSchedule, Long> {

  String BY_ID =
      """
      select s from BusinessHoursSchedule s
      where s.id = :id and s.organizationId = :organizationId and s.deletedAt is null
      """;

  /**
   * A schedule as JSON, when the youngest of its rows changed, and the snapshot of the statement
   * that loaded it.
   */
  interface ScheduleJson {
    String getJson();

    Instant getChangedAt();

    String getSnapshot();
  }

  /**
   * Loads an active schedule as JSON of a {@link BusinessHoursView} with its effective zone and its
   * overrides: that of the organization, or one for phone numbers. One statement, so that all rows
   * are from one snapshot; it starts no transaction. The result equals that of {@link
   * BusinessHoursMapping}, except for values that only other applications can write: exceptions
   * outside the years 1 to 9999 are omitted, and such creation and update times are moved to the
   * nearest valid one.
   *
   * @param numbersScheduleId id of the schedule for phone numbers; 0 for the organization's
   */
  @Query(
      nativeQuery = true,
      value =
          """
          select cast(json_build_object(
            'id', s.id,
            'version', s.version,
            'created_at', greatest('0001-01-02 00:00Z', least('9999-12-30 00:00Z', s.created_at)),
            'updated_at', greatest('0001-01-02 00:00Z', least('9999-12-30 00:00Z', s.updated_at)),
            'organization_id', s.organization_id,
            'name', s.name,
            'status', s.status,
            'scope', s.scope,
            'timezone', s.timezone,
            'effective_timezone', coalesce(s.timezone, o.timezone),
            'open_hours_action', json_build_object(
              'type', s.open_hours_action_type, 'target', s.open_hours_action_target),
            'closed_hours_action', json_build_object(
              'type', s.closed_hours_action_type, 'target', s.closed_hours_action_target),
            'schedule', (
              select json_object_agg(weekday, json_build_object(
                'enabled', coalesce(d.enabled, false),
                'time_ranges', (
                  select coalesce(json_agg(json_build_object(
                    'start_time', left(cast(r.start_time as text), 5),
                    'end_time', left(cast(r.end_time as text), 5),
                    'action', case when r.action_type is not null then json_build_object(
                      'type', r.action_type, 'target', r.action_target) end)
                    order by r.start_time, r.end_time, r.id), '[]')
                  from business_hours_time_ranges r
                  where r.business_hours_schedule_day_id = d.id)))
              from unnest(array[
                'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'
              ]) weekday
              left join business_hours_schedule_days d
                on d.business_hours_schedule_id = s.id and d.day_of_week = weekday),
            'exceptions', x.typed,
            'imported_exceptions', x.imported,
            'overrides', routing_current_overrides(s.organization_id, 'schedule', s.id)
          ) as text) as json,
          greatest('0001-01-02 00:00Z', least('9999-12-30 00:00Z', greatest(
            routing_changed_at(s.updated_at, s.organization_id, 'schedule', s.id), o.updated_at))) as "changedAt",
          cast(pg_current_snapshot() as text) as snapshot
          from business_hours_schedules s join organizations o on o.id = s.organization_id
          cross join lateral (
            select
              coalesce(json_agg(document order by date, end_date nulls first, recurrence nulls first, id)
                filter (where origin = 'typed'), '[]') as typed,
              coalesce(json_agg(document order by date, end_date nulls first, recurrence nulls first, id)
                filter (where origin = 'imported'), '[]') as imported
            from (
              select e.*, json_build_object(
                'date', e.date,
                'end_date', e.end_date,
                'recurrence', e.recurrence,
                'week_of_month', e.week_of_month,
                'name', e.name,
                'type', e.type,
                'action', case when e.action_type is not null then json_build_object(
                  'type', e.action_type, 'target', e.action_target) end,
                'time_ranges', (
                  select coalesce(json_agg(json_build_object(
                    'start_time', left(cast(r.start_time as text), 5),
                    'end_time', left(cast(r.end_time as text), 5),
                    'action', case when r.action_type is not null then json_build_object(
                      'type', r.action_type, 'target', r.action_target) end)
                    order by r.start_time, r.end_time, r.id), '[]')
                  from business_hours_exception_time_ranges r
                  where r.business_hours_exception_id = e.id)) as document
              from business_hours_exceptions e
              where e.business_hours_schedule_id = s.id
                and e.date between '0001-01-01' and '9999-12-31'
                and coalesce(e.end_date, e.date) <= '9999-12-31') e) x
          where s.organization_id = :organizationId
            and s.status = 'active' and s.deleted_at is null
            and (:numbersScheduleId = 0 and s.scope = 'organization'
              or s.id = :numbersScheduleId and s.scope = 'number')
          """)
  @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
  Optional<ScheduleJson> findActiveAsJson(long organizationId, long numbersScheduleId);

  /**
   * Searches the schedules of an organization.
   *
   * @param status null for any
   * @param scope null for any
   * @param pattern for the name, wildcards escaped with a backslash; null for any
   */
  @Query(
      """
      select s from BusinessHoursSchedule s
      where s.organizationId = :organizationId and s.deletedAt is null
        and (:status is null or s.status = :status)
        and (:scope is null or s.scope = :scope)
        and (:pattern is null or s.name ilike :pattern escape '\\')
      """)
  Page<BusinessHoursSchedule> search(
      long organizationId,
      @Nullable BusinessHoursStatus status,
      @Nullable BusinessHoursScope scope,
      @Nullable String pattern,
      Pageable page);

  @Query(BY_ID)
  Optional<BusinessHoursSchedule> find(long id, long organizationId);

  /**
   * Finds a schedule of an organization and locks it against other writers until the transaction
   * ends.
   */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query(BY_ID)
  Optional<BusinessHoursSchedule> lock(long id, long organizationId);

  /** Whether a schedule of an organization exists that is for phone numbers. */
  @Query(
      """
      select count(s) > 0 from BusinessHoursSchedule s
      where s.id = :id and s.organizationId = :organizationId and s.deletedAt is null
        and s.scope = io.voicerouting.businesshours.BusinessHoursScope.NUMBER
      """)
  boolean existsForNumbers(long id, long organizationId);

  /** Finds the name of the time zone of a schedule: its own, or else the organization's. */
  @Query(
      """
      select coalesce(s.timezone, o.timezone)
      from BusinessHoursSchedule s join Organization o on o.id = s.organizationId
      where s.id = :id and s.organizationId = :organizationId and s.deletedAt is null
      """)
  Optional<String> findEffectiveTimezone(long id, long organizationId);

  /** Lists the ids of an organization's active schedules for phone numbers, sorted. */
  @Query(
      """
      select s.id from BusinessHoursSchedule s
      where s.organizationId = :organizationId and s.deletedAt is null
        and s.status = io.voicerouting.businesshours.BusinessHoursStatus.ACTIVE
        and s.scope = io.voicerouting.businesshours.BusinessHoursScope.NUMBER
      order by s.id
      """)
  List<Long> findActiveIdsForNumbers(long organizationId);

  /**
   * Finds the active schedule of an organization, not one for phone numbers, and locks it like
   * {@link #lock}.
   */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query(
      """
      select s from BusinessHoursSchedule s
      where s.organizationId = :organizationId and s.deletedAt is null
        and s.status = io.voicerouting.businesshours.BusinessHoursStatus.ACTIVE
        and s.scope = io.voicerouting.businesshours.BusinessHoursScope.ORGANIZATION
      """)
  Optional<BusinessHoursSchedule> lockActive(long organizationId);

  /** Loads all nested rows of these schedules with two statements. */
  default void fetchNestedRows(Collection<BusinessHoursSchedule> schedules) {
    for (BusinessHoursSchedule schedule : schedules) {
      Hibernate.initialize(schedule.getDays());
      Hibernate.initialize(schedule.getExceptions());
    }
  }
}
