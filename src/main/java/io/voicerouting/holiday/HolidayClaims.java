package io.voicerouting.holiday;

import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Decides which instance reads which calendar. A claim lasts until the calendar is claimed again or
 * changed, which makes the result of the earlier claim void. Each method is a transaction.
 */
@Repository
class HolidayClaims {

  /** Longer than any reading takes. Another instance may claim the calendar afterwards. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final JdbcClient database;

  HolidayClaims(JdbcClient database) {
    this.database = database;
  }

  /**
   * The right to read a calendar.
   *
   * @param attempt number of the claim
   */
  record Claim(long organizationId, long scheduleId, long calendarId, long attempt) {}

  /**
   * Numbers of calendars that need somebody's attention.
   *
   * @param failing those that failed at least three times in a row
   * @param held those whose import is held back
   */
  record Counts(long failing, long held) {}

  /** Claims the calendar that is due for the longest time; empty if none is due. */
  Optional<Claim> claimDue() {
    return claimWhere(
            """
            c.id = (
              select due.id from holiday_calendars due
              join business_hours_schedules kept on kept.id = due.business_hours_schedule_id
              where due.next_attempt_at <= now() and kept.deleted_at is null
              order by due.next_attempt_at limit 1
              for no key update of due skip locked)
            """)
        .query(Claim.class)
        .optional();
  }

  /** Claims a calendar, due or not; empty if it does not exist. */
  Optional<Claim> claim(long organizationId, long scheduleId, long calendarId) {
    return claimWhere("c.id = :calendar and s.id = :schedule and s.organization_id = :organization")
        .param("calendar", calendarId)
        .param("schedule", scheduleId)
        .param("organization", organizationId)
        .query(Claim.class)
        .optional();
  }

  private JdbcClient.StatementSpec claimWhere(String condition) {
    return database
        .sql(
            """
            update holiday_calendars c
            set attempt = c.attempt + 1, next_attempt_at = now() + make_interval(secs => :lease)
            from business_hours_schedules s
            where s.id = c.business_hours_schedule_id and s.deleted_at is null and %s
            returning s.organization_id, s.id as schedule_id, c.id as calendar_id, c.attempt
            """
                .formatted(condition))
        .param("lease", LEASE.toSeconds());
  }

  /** Counts the calendars that need attention. */
  Counts count() {
    return database
        .sql(
            """
            select count(*) filter (where failures >= :warn) as failing,
              count(*) filter (where held_since is not null) as held
            from holiday_calendars
            """)
        .param("warn", HolidayImporter.FAILURES_BEFORE_WARNING)
        .query(Counts.class)
        .single();
  }
}
