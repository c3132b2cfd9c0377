package io.voicerouting.development;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DemoDataTest {

  private static PostgresInstance postgres;
  private static JdbcClient database;

  @BeforeAll
  static void insert() {
    postgres = BackingServers.startPostgres();
    DataSource dataSource =
        new DriverManagerDataSource(postgres.jdbcUrl(), postgres.username(), postgres.password());
    Flyway.configure().dataSource(dataSource).load().migrate();
    DemoData data = new DemoData(dataSource);
    data.insertUnlessPresent();
    data.insertUnlessPresent();
    database = JdbcClient.create(dataSource);
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  @Test
  void organizationsHaveTheirIdsAndAnActiveScheduleEach() {
    assertThat(
            strings(
                """
                select o.id || ' ' || o.name || ' ' || count(s.id) from organizations o
                join business_hours_schedules s on s.organization_id = o.id and s.status = 'active'
                  and s.scope = 'organization'
                group by o.id order by o.id
                """))
        .containsExactly("1 Acme Telecom 1", "2 Nordwind Logistik 1", "3 Himalaya Trekking 1");
  }

  @Test
  void extensionsAreOfEveryType() {
    assertThat(strings("select distinct type from extensions"))
        .containsExactlyInAnyOrder(
            "user", "conference", "ring_group", "ivr", "ai_assistant", "forward");
    assertThat(strings("select count(*)::text from extensions")).containsExactly("60");
  }

  @Test
  void everyOrganizationHasNumbersOneABlock() {
    assertThat(
            strings(
                """
                select n.organization_id || ' ' || n.number || ' ' || n.match || ' ' || n.hours
                  || coalesce(' ' || s.name, '') || ' ' || jsonb_array_length(n.caller_rules)
                from phone_numbers n left join business_hours_schedules s on s.id = n.business_hours_schedule_id
                order by n.id
                """))
        .containsExactly(
            "1 +12125550100 exact organization 1",
            "1 +12125550101 exact own Support hotline 0",
            "1 +12125550102 exact ignore 0",
            "1 +12125550103 exact organization 0",
            "2 +49406696950 prefix organization 0",
            "3 +97715550100 exact organization 0");
  }

  @Test
  void everyOrganizationHasAHolidayCalendar() {
    assertThat(
            strings(
                """
                select s.organization_id || ' ' || c.name || ': ' || c.country || coalesce('-' || c.subdivision, '')
                  || ' ' || c.type
                from holiday_calendars c join business_hours_schedules s on s.id = c.business_hours_schedule_id
                order by s.organization_id
                """))
        .containsExactly(
            "1 Public holidays: US closed",
            "2 Feiertage: DE-HH closed",
            "3 British bank holidays: GB-ENG special_hours");
  }

  @Test
  void lunchHolidaysAndMissedCallsHaveActions() {
    assertThat(
            strings(
                """
                select distinct action_target from business_hours_time_ranges where action_type = 'external'
                union select distinct action_target from business_hours_exceptions where action_type is not null
                union select configuration ->> 'no_answer_to' from extensions where configuration ->> 'no_answer_to' is not null
                """))
        .containsExactlyInAnyOrder("+494066969120", "nordwind-weihnachten", "3002");
    assertThat(
            strings(
                "select extension_number from extensions where do_not_disturb or not forward_enabled"))
        .containsExactlyInAnyOrder("104", "108");
  }

  @Test
  void anOverrideIsOver() {
    assertThat(
            strings(
                """
                select organization_id || ' ' || mode || ' ' || note from routing_overrides
                where ends_at < now() and cleared_at is null
                """))
        .containsExactly("2 closed Sommerfest");
  }

  @ParameterizedTest
  @ValueSource(ints = {2026, 2027})
  void holidaysThatFollowTheWeekAreWhereTheyBelong(int year) {
    assertThat(date(year, "Martin Luther King Jr. Day")).isEqualTo(monday(year, 1, 3));
    assertThat(date(year, "Presidents'' Day")).isEqualTo(monday(year, 2, 3));
    assertThat(date(year, "Memorial Day")).isEqualTo(monday(year, 5, -1));
    assertThat(date(year, "Labor Day")).isEqualTo(monday(year, 9, 1));
    assertThat(date(year, "Columbus Day")).isEqualTo(monday(year, 10, 2));
    assertThat(date(year, "Thanksgiving"))
        .isEqualTo(nth(LocalDate.of(year, 11, 1), DayOfWeek.THURSDAY, 4));
  }

  @ParameterizedTest
  @CsvSource({"2026, 2026-04-05", "2027, 2027-03-28"})
  void holidaysThatFollowEasterAreWhereTheyBelong(int year, LocalDate easter) {
    assertThat(date(year, "Karfreitag")).isEqualTo(easter.minusDays(2));
    assertThat(date(year, "Ostermontag")).isEqualTo(easter.plusDays(1));
    assertThat(date(year, "Christi Himmelfahrt")).isEqualTo(easter.plusDays(39));
    assertThat(date(year, "Pfingstmontag")).isEqualTo(easter.plusDays(50));
  }

  @Test
  void observedHolidaysStandBesideOnesAtTheWeekend() {
    List<String> days =
        strings(
            """
            select distinct extract(isodow from date)::int::text from business_hours_exceptions
            where name like '%(observed)'
            """);

    assertThat(days).containsOnly("1", "5");
  }

  private static LocalDate date(int year, String name) {
    return LocalDate.parse(
        strings(
                "select date::text from business_hours_exceptions where name = '"
                    + name
                    + "' and extract(year from date) = "
                    + year)
            .getFirst());
  }

  private static LocalDate monday(int year, int month, int ordinal) {
    return nth(LocalDate.of(year, month, 1), DayOfWeek.MONDAY, ordinal);
  }

  private static LocalDate nth(LocalDate month, DayOfWeek day, int ordinal) {
    return month.with(TemporalAdjusters.dayOfWeekInMonth(ordinal, day));
  }

  private static List<String> strings(String sql) {
    return database.sql(sql).query(String.class).stream().map(Objects::requireNonNull).toList();
  }
}
