package io.voicerouting.businesshours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallActionType;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.Precondition;
import io.voicerouting.testing.IntegrationTest;
import jakarta.persistence.EntityManagerFactory;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which rows and statements reads and writes need. */
@IntegrationTest
class BusinessHoursRowsTest {

  private static final CallAction ACTION = new CallAction(CallActionType.VOICEMAIL, "front-desk");

  private final BusinessHoursService service;
  private final BusinessHoursResource resource;
  private final JdbcClient sql;
  private final Statistics statistics;
  private final long organizationId;

  BusinessHoursRowsTest(
      @Autowired BusinessHoursService service,
      @Autowired BusinessHoursResource resource,
      @Autowired JdbcClient sql,
      @Autowired EntityManagerFactory entities) {
    this.service = service;
    this.resource = resource;
    this.sql = sql;
    this.statistics = entities.unwrap(SessionFactory.class).getStatistics();
    this.organizationId =
        sql.sql(
                "insert into organizations (name, timezone)"
                    + " values ('Acme', 'America/New_York') returning id")
            .query(Long.class)
            .single();
  }

  @BeforeEach
  void count() {
    statistics.setStatisticsEnabled(true);
    statistics.clear();
  }

  @AfterEach
  void stopCounting() {
    statistics.setStatisticsEnabled(false);
  }

  @Test
  void loadsALargeScheduleInOneStatement() {
    BusinessHoursView stored = service.create(organizationId, draft(400, 3));
    statistics.clear();

    BusinessHoursView loaded = load();

    assertThat(statistics.getPrepareStatementCount()).isEqualTo(1);
    assertThat(loaded.effectiveTimezone()).isEqualTo("America/New_York");
    assertThat(BusinessHoursDraft.of(loaded)).isEqualTo(BusinessHoursDraft.of(stored));
  }

  @Test
  void findsNothingInOneStatement() {
    assertThat(lookup()).isEmpty();
    assertThat(statistics.getPrepareStatementCount()).isEqualTo(1);
    assertThat(resource.keysToWarm(organizationId))
        .containsExactly(new CacheKey("business_hours", organizationId, null));
  }

  @Test
  void listsAPageInFixedStatements() {
    for (int i = 0; i < 5; i++) {
      BusinessHoursDraft draft = draft(3, 2);
      service.create(
          organizationId,
          new BusinessHoursDraft(
              "Schedule " + i,
              BusinessHoursStatus.INACTIVE,
              BusinessHoursScope.ORGANIZATION,
              null,
              ACTION,
              ACTION,
              draft.schedule(),
              draft.exceptions()));
    }
    statistics.clear();

    assertThat(service.list(organizationId, new PageQuery(0, 50), null, null, null).items())
        .hasSize(5);
    assertThat(statistics.getPrepareStatementCount()).isLessThanOrEqualTo(5);
  }

  @Test
  void changeOfOneRangeWritesOneRange() {
    BusinessHoursView before = service.create(organizationId, draft(3, 2));
    Map<Long, Object> rows = rows(before.id());
    statistics.clear();

    WeekSchedule week = before.schedule();
    DaySchedule monday =
        new DaySchedule(
            true, List.of(week.monday().timeRanges().getFirst(), range("23:00", "23:30")));
    WeekSchedule changed = WeekSchedule.of(day -> day == DayOfWeek.MONDAY ? monday : week.day(day));
    BusinessHoursView after = replace(before, changed, before.exceptions());

    assertThat(after.version()).isEqualTo(before.version() + 1);
    assertThat(after.updatedAt()).isAfter(before.updatedAt());
    assertThat(after.schedule()).isEqualTo(changed);
    assertThat(statistics.getEntityUpdateCount()).isLessThanOrEqualTo(2);
    assertThat(statistics.getEntityInsertCount()).isZero();
    assertThat(statistics.getEntityDeleteCount()).isZero();
    // Lock, days, exceptions; then the schedule's version, the time of the change, and the
    // range.
    assertThat(statistics.getPrepareStatementCount()).isEqualTo(6);
    Map<Long, Object> now = rows(before.id());
    assertThat(now.keySet()).isEqualTo(rows.keySet());
    assertThat(
            now.entrySet().stream().filter(row -> !row.getValue().equals(rows.get(row.getKey()))))
        .hasSize(1);
  }

  @Test
  void replacingWithoutAChangeWritesNothing() {
    BusinessHoursView before = service.create(organizationId, draft(3, 2));
    statistics.clear();

    assertThat(replace(before, before.schedule(), before.exceptions())).isEqualTo(before);

    assertThat(statistics.getPrepareStatementCount()).isEqualTo(3);
  }

  @Test
  void matchesExceptionsByDate() {
    BusinessHoursView before = service.create(organizationId, draft(3, 2));
    List<ExceptionDay> old = before.exceptions();
    ExceptionDay moved =
        new ExceptionDay(LocalDate.parse("2030-01-01"), "Moved", ExceptionType.CLOSED, List.of());
    ExceptionDay closed =
        new ExceptionDay(old.get(1).date(), "Closed now", ExceptionType.CLOSED, List.of());
    statistics.clear();

    BusinessHoursView after =
        replace(before, before.schedule(), List.of(old.get(0), closed, moved));

    assertThat(load().exceptions())
        .isEqualTo(after.exceptions())
        .containsExactly(old.get(0), closed, moved);
    assertThat(statistics.getEntityInsertCount()).isEqualTo(1);
    assertThat(statistics.getEntityDeleteCount()).isEqualTo(1 + 2 + 2);
  }

  @Test
  void readsEndOfDayInTextAndBinaryFormat() {
    service.create(organizationId, draft(1, 24));
    // The driver switches to prepared statements with binary results after five executions.
    for (int i = 0; i < 12; i++) {
      BusinessHoursView view = load();
      assertThat(view.schedule().sunday().timeRanges().getLast())
          .isEqualTo(range("23:00", "24:00"));
      assertThat(view.exceptions().getFirst().timeRanges().getLast())
          .isEqualTo(range("23:00", "24:00"));
    }
    assertThat(
            sql.sql(
                    """
                    select count(*) from business_hours_time_ranges r
                    join business_hours_schedule_days d on d.id = r.business_hours_schedule_day_id
                    join business_hours_schedules s on s.id = d.business_hours_schedule_id
                    where s.organization_id = ? and r.end_time::text = '24:00:00'
                    """)
                .param(organizationId)
                .query(Long.class)
                .single())
        .isEqualTo(7);
  }

  @Test
  void readsDatesOfTheJulianCalendar() {
    LocalDate beforeGregory = LocalDate.parse("1582-10-10");
    BusinessHoursDraft draft = draft(0, 0);
    service.create(
        organizationId,
        new BusinessHoursDraft(
            draft.name(),
            draft.status(),
            draft.scope(),
            draft.timezone(),
            ACTION,
            ACTION,
            draft.schedule(),
            List.of(
                new ExceptionDay(beforeGregory, "Never was", ExceptionType.CLOSED, List.of()))));
    assertThat(load().exceptions().getFirst().date()).isEqualTo(beforeGregory);
  }

  @Test
  void showsIncompleteRowsOfOtherApplications() {
    long id =
        sql.sql(
                """
                insert into business_hours_schedules (organization_id, name, timezone,
                  open_hours_action_type, open_hours_action_target,
                  closed_hours_action_type, closed_hours_action_target)
                values (?, 'Odd', 'Mars/Olympus', 'voicemail', 'a', 'external', 'b') returning id
                """)
            .param(organizationId)
            .query(Long.class)
            .single();
    sql.sql(
            """
            with days as (
              insert into business_hours_schedule_days
                (business_hours_schedule_id, day_of_week, enabled)
              values (?, 'monday', true), (?, 'friday', true) returning id, day_of_week)
            insert into business_hours_time_ranges
              (business_hours_schedule_day_id, start_time, end_time)
            select id, t.s, t.e from days,
              (values (time '12:00', time '18:00'), ('09:00', '17:00'), ('09:00', '13:00')) t (s, e)
            where day_of_week = 'monday'
            """)
        .params(id, id)
        .update();

    BusinessHoursView view = load();

    assertThat(view.effectiveTimezone()).isEqualTo("Mars/Olympus");
    assertThat(view.schedule().monday().timeRanges())
        .containsExactly(range("09:00", "13:00"), range("09:00", "17:00"), range("12:00", "18:00"));
    assertThat(view.schedule().friday()).isEqualTo(new DaySchedule(true, List.of()));
    assertThat(view.schedule().sunday()).isEqualTo(DaySchedule.DISABLED);
  }

  @Test
  void doesNotLoadDeletedOrInactiveSchedules() {
    BusinessHoursView view = service.create(organizationId, draft(0, 1));
    service.delete(organizationId, view.id(), Precondition.NONE);
    assertThat(lookup()).isEmpty();
    assertThatThrownBy(() -> service.get(organizationId, view.id()))
        .isInstanceOf(NotFoundException.class);
  }

  private Optional<BusinessHoursView> lookup() {
    return Optional.ofNullable(resource.load(organizationId, null)).map(row -> row.value().view());
  }

  private BusinessHoursView load() {
    return lookup().orElseThrow();
  }

  private BusinessHoursView replace(
      BusinessHoursView before, WeekSchedule week, List<ExceptionDay> exceptions) {
    BusinessHoursDraft draft =
        new BusinessHoursDraft(
            before.name(),
            before.status(),
            before.scope(),
            before.timezone(),
            before.openHoursAction(),
            before.closedHoursAction(),
            week,
            exceptions);
    return service.replace(organizationId, before.id(), stored -> draft, Precondition.NONE);
  }

  /** The range rows of every day, by id. */
  private Map<Long, Object> rows(long scheduleId) {
    return sql
        .sql(
            """
            select r.id, r.xmin::text || r.start_time || r.end_time as content
            from business_hours_time_ranges r
            join business_hours_schedule_days d on d.id = r.business_hours_schedule_day_id
            where d.business_hours_schedule_id = ?
            """)
        .param(scheduleId)
        .query()
        .listOfRows()
        .stream()
        .collect(
            Collectors.toMap(
                row -> (Long) Objects.requireNonNull(row.get("id")),
                row -> Objects.requireNonNull(row.get("content"))));
  }

  /** Every day and every exception with a range for each of the last hours of the day. */
  private static BusinessHoursDraft draft(int exceptions, int rangesADay) {
    List<TimeRange> ranges =
        IntStream.range(24 - rangesADay, 24)
            .mapToObj(
                hour -> new TimeRange(new TimeOfDay(hour * 60), new TimeOfDay(hour * 60 + 60)))
            .toList();
    return new BusinessHoursDraft(
        "Head office",
        BusinessHoursStatus.ACTIVE,
        BusinessHoursScope.ORGANIZATION,
        null,
        ACTION,
        ACTION,
        WeekSchedule.of(day -> new DaySchedule(true, ranges)),
        IntStream.range(0, exceptions)
            .mapToObj(
                i ->
                    new ExceptionDay(
                        LocalDate.parse("2026-12-24").plusDays(i),
                        "Day " + i,
                        ExceptionType.SPECIAL_HOURS,
                        ranges))
            .toList());
  }

  private static TimeRange range(String start, String end) {
    return new TimeRange(TimeOfDay.parse(start), TimeOfDay.parse(end));
  }
}
