package io.voicerouting.businesshours;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.IntegrationTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares the document that the database builds for the cache with the one that the admin API maps
 * from rows: they are equal for all rows.
 */
@IntegrationTest
class LoadedAgainstMappedTest {

  private static final int SCHEDULES = 25;
  private static final List<String> DAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
  private static final List<String> NAMES =
      List.of("Plain", "\"quoted\" \\ and 'so'", "Zoë 東京 😀", "{\"a\":[1]}", "<b>&amp;</b>", " ");
  private static final List<String> ACTIONS = List.of("extension", "voicemail", "external");
  private static final List<String> EXCEPTION_TYPES = List.of("closed", "special_hours");
  private static final List<String> RECURRENCES = List.of("", "yearly", "yearly_weekday");
  private static final List<String> ORIGINS = List.of("typed", "typed", "imported");

  @Autowired private BusinessHoursService service;
  @Autowired private BusinessHoursResource resource;
  @Autowired private JdbcClient sql;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void loadedScheduleEqualsMappedScheduleWithEffectiveZone(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < SCHEDULES; i++) {
      String zone = random.nextBoolean() ? "Asia/Kathmandu" : null;
      long organization = organization();
      long schedule = schedule(organization, zone, random);

      BusinessHoursView loaded = load(organization);

      assertThat(loaded.effectiveTimezone()).isEqualTo(zone == null ? "Europe/Rome" : zone);
      assertThat(loaded)
          .usingRecursiveComparison()
          .ignoringFields("effectiveTimezone", "overrides")
          .isEqualTo(service.get(organization, schedule));
    }
  }

  @Test
  void unreadableDatesAreOmittedOrMoved() {
    long organization = organization();
    long schedule = schedule(organization, null, new Random(0));
    sql.sql(
            """
            insert into business_hours_exceptions
              (business_hours_schedule_id, date, end_date, name, type)
            values (:id, 'infinity', null, 'Never', 'closed'),
              (:id, '-infinity', null, 'Never', 'closed'),
              (:id, '10000-01-01', null, 'Late', 'closed'),
              (:id, '0044-03-15 BC', null, 'Early', 'closed'),
              (:id, '9999-12-31', '10000-01-01', 'Late', 'closed'),
              (:id, '9999-12-31', null, 'Last', 'closed')
            """)
        .param("id", schedule)
        .update();
    sql.sql("update business_hours_schedules set created_at = 'infinity' where id = ?")
        .param(schedule)
        .update();

    BusinessHoursView loaded = load(organization);

    assertThat(loaded.exceptions().getLast().date()).isEqualTo("9999-12-31");
    assertThat(loaded.exceptions())
        .extracting(ExceptionDay::name)
        .doesNotContain("Never", "Late", "Early");
    assertThat(loaded.createdAt()).isEqualTo("9999-12-30T00:00:00Z");
  }

  private BusinessHoursView load(long organization) {
    return Objects.requireNonNull(resource.load(organization, null)).value().view();
  }

  private long organization() {
    return sql.sql(
            "insert into organizations (name, timezone) values ('Any', 'Europe/Rome') returning id")
        .query(Long.class)
        .single();
  }

  private long schedule(long organization, @Nullable String zone, Random random) {
    long schedule =
        sql.sql(
                """
                insert into business_hours_schedules (organization_id, name, timezone,
                  open_hours_action_type, open_hours_action_target,
                  closed_hours_action_type, closed_hours_action_target)
                values (?, ?, nullif(?, ''), ?, ?, ?, ?) returning id
                """)
            .params(organization, any(NAMES, random), zone == null ? "" : zone)
            .params(any(ACTIONS, random), any(NAMES, random))
            .params(any(ACTIONS, random), any(NAMES, random))
            .query(Long.class)
            .single();
    for (String day : someOf(DAYS, random)) {
      long row =
          sql.sql(
                  """
                  insert into business_hours_schedule_days
                    (business_hours_schedule_id, day_of_week, enabled)
                  values (?, ?, ?) returning id
                  """)
              .params(schedule, day, random.nextBoolean())
              .query(Long.class)
              .single();
      ranges("business_hours_time_ranges", "business_hours_schedule_day_id", row, random);
    }
    List<LocalDate> dates =
        IntStream.range(0, 12).mapToObj(LocalDate.parse("2026-12-24")::plusDays).toList();
    List<LocalDate> dated = someOf(dates, random);
    dated.addAll(dates.subList(0, 2)); // may be added a second time
    for (LocalDate date : dated) {
      Optional<Long> row =
          sql.sql(
                  """
                  insert into business_hours_exceptions
                    (business_hours_schedule_id, date, end_date, recurrence, week_of_month, origin,
                      name, type, action_type, action_target)
                  select ?, date, case when several then date + 1 end, recurrence,
                    case recurrence when 'yearly_weekday' then case
                      when extract(day from date) > 28 then 'last'
                      else (array['first', 'second', 'third', 'fourth'])[ceil(extract(day from date) / 7)]
                    end end, ?, ?, ?, ?, ?
                  from (values (?::date, ?, nullif(?, ''))) dates (date, several, recurrence)
                  on conflict do nothing
                  returning id
                  """)
              .params(schedule, any(ORIGINS, random))
              .params(any(NAMES, random), any(EXCEPTION_TYPES, random))
              .params(action(random))
              .params(date, random.nextBoolean(), any(RECURRENCES, random))
              .query(Long.class)
              .optional();
      if (row.isPresent()) {
        ranges(
            "business_hours_exception_time_ranges",
            "business_hours_exception_id",
            row.get(),
            random);
      }
    }
    return schedule;
  }

  /** Up to three ranges, which may overlap, be equal, run past midnight, or end with the day. */
  private void ranges(String table, String owner, long row, Random random) {
    for (int i = random.nextInt(4); i > 0; i--) {
      int start = 60 * random.nextInt(24);
      int end = random.nextBoolean() ? TimeOfDay.MINUTES_PER_DAY : (start + 60) % 1440;
      sql.sql(
              """
              insert into %s (%s, start_time, end_time, action_type, action_target)
              values (?, ?::time, ?::time, ?, ?)
              """
                  .formatted(table, owner))
          .params(row, new TimeOfDay(start).toString(), new TimeOfDay(end).toString())
          .params(action(random))
          .update();
    }
  }

  /** Type and target, or two nulls. */
  private static List<@Nullable String> action(Random random) {
    return random.nextBoolean()
        ? Arrays.asList(any(ACTIONS, random), any(NAMES, random))
        : Arrays.asList(null, null);
  }

  private static <T> T any(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static <T> List<T> someOf(List<T> values, Random random) {
    List<T> some = new ArrayList<>(values);
    some.removeIf(value -> random.nextInt(3) == 0);
    return some;
  }
}
