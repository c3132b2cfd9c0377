package io.voicerouting.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;

/** What the tables accept and refuse, whoever writes. */
class ConstraintsTest {

  private final MigratedDatabase database = MigratedDatabase.get();

  @BeforeEach
  void reset() {
    database.reset();
    database
        .owner()
        .commit(
            """
            insert into phone_numbers (id, organization_id, number, match)
              values (11, 1, '+15550100', 'exact'), (12, 1, '+155501', 'prefix')
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "09:00, 17:00",
    "00:00, 24:00",
    "22:00, 06:00",
    "22:00, 00:00",
    "23:59, 24:00",
    "00:00, 00:01"
  })
  void acceptTimeRanges(String start, String end) {
    assertThatCode(() -> updateRange("business_hours_time_ranges", start, end))
        .doesNotThrowAnyException();
    assertThatCode(() -> updateRange("business_hours_exception_time_ranges", start, end))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"24:00, 06:00", "09:00, 09:00", "09:00:30, 17:00", "09:00, 17:00:00.5"})
  void refuseTimeRanges(String start, String end) {
    assertThatThrownBy(() -> updateRange("business_hours_time_ranges", start, end))
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThatThrownBy(() -> updateRange("business_hours_exception_time_ranges", start, end))
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update phone_numbers set number = '+12' where id = 11",
        "update phone_numbers set number = '+123456789012345' where id = 11",
        "update phone_numbers set number = '+155501', match = 'exact' where id = 11",
        "update phone_numbers set number = '+123' where id = 12",
        "update phone_numbers set hours = 'own' where id = 11",
        "update phone_numbers set hours = 'ignore', open_action_type = 'voicemail',"
            + " open_action_target = 'x' where id = 11",
        "update phone_numbers set caller_rules ="
            + " '[{\"match\":\"anonymous\",\"action\":{\"type\":\"voicemail\",\"target\":\"x\"}},"
            + " {\"match\":\"anonymous\",\"value\":null,\"action\":{\"type\":\"voicemail\",\"target\":\"x\"}},"
            + " {\"match\":\"exact\",\"value\":\"+15550199\",\"action\":{\"type\":\"external\",\"target\":\"sip:a@b\"}},"
            + " {\"match\":\"prefix\",\"value\":\"+1\",\"action\":{\"type\":\"ring_group\",\"target\":\"é\"},\"x\":1}]'",
        "update organizations set sip_domain = 'acme.example' where id = 1",
        "update business_hours_schedules set status = 'active', scope = 'number' where id = 12",
        "update organizations set status = 'active', timezone = 'Mars/Olympus' where id = 1",
        "update organizations set name = repeat('ü', 255) where id = 1",
        "update extensions set extension_number = '*98#+01234567890' where id = 11",
        "update extensions set configuration = '{\"forward_to\": null}' where id = 11",
        "update extensions set do_not_disturb = true, forward_enabled = false where id = 11",
        "update business_hours_time_ranges set action_type = 'voicemail', action_target = 'x' where id = 11",
        "update business_hours_exceptions set action_type = 'external', action_target = 'x' where id = 11",
        "update business_hours_exceptions set end_date = '2027-12-24', recurrence = 'yearly' where id = 11",
        "update business_hours_exceptions set recurrence = 'yearly_weekday', week_of_month = 'fourth' where id = 11",
        "update business_hours_exceptions set date = '2026-12-31', recurrence = 'yearly_weekday',"
            + " week_of_month = 'last' where id = 11",
        "insert into business_hours_exceptions (business_hours_schedule_id, date, end_date, name, type)"
            + " values (11, '2026-12-24', '2026-12-26', 'Longer', 'closed')",
        "insert into business_hours_exceptions (business_hours_schedule_id, date, recurrence, name, type)"
            + " values (11, '2026-12-24', 'yearly', 'Yearly', 'closed')",
        "insert into business_hours_exceptions (business_hours_schedule_id, date, origin, name, type)"
            + " select 11, '2026-12-24', 'imported', 'Imported', 'closed' from generate_series(1, 2)",
        "update business_hours_exception_time_ranges set action_type = 'ivr_menu', action_target = repeat('x', 255) where id = 11",
        "update business_hours_schedules set status = 'active', deleted_at = now() where id = 12",
        "update business_hours_schedules set deleted_at = now(), open_hours_action_target = repeat('x', 256) where id = 12",
        "update business_hours_schedules set status = 'inactive' where id = 11;"
            + "update business_hours_schedules set status = 'active' where id = 12"
      })
  void acceptRows(String statement) {
    assertThatCode(() -> database.owner().commit(statement)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update phone_numbers set number = '15550100' where id = 11",
        "update phone_numbers set number = '+0555' where id = 11",
        "update phone_numbers set number = '+1234567890123456' where id = 11",
        "update phone_numbers set number = E'+15550100\\n' where id = 11",
        "update phone_numbers set number = '+12' where id = 12",
        "update phone_numbers set number = '+15550100', match = 'exact' where id = 12",
        "update phone_numbers set match = 'regex' where id = 11",
        "update phone_numbers set status = 'suspended' where id = 11",
        "update phone_numbers set hours = 'always' where id = 11",
        "update phone_numbers set hours = 'ignore' where id = 11",
        "update phone_numbers set name = '' where id = 11",
        "update phone_numbers set business_hours_schedule_id = 99 where id = 11",
        "update phone_numbers set open_action_type = 'voicemail' where id = 11",
        "update phone_numbers set closed_action_target = 'x' where id = 11",
        "update phone_numbers set open_action_type = 'fax', open_action_target = 'x' where id = 11",
        "update phone_numbers set open_action_type = 'voicemail', open_action_target = repeat('x',"
            + " 256) where id = 11",
        "update phone_numbers set caller_rules = '{}' where id = 11",
        "update phone_numbers set caller_rules = '[1]' where id = 11",
        "update phone_numbers set caller_rules = null where id = 11",
        "update phone_numbers set caller_rules ="
            + " '[[{\"match\":\"anonymous\",\"action\":{\"type\":\"voicemail\",\"target\":\"x\"}}]]'",
        "update phone_numbers set caller_rules = '[{\"match\":\"anonymous\"}]'",
        "update phone_numbers set caller_rules ="
            + " '[{\"match\":\"exact\",\"action\":{\"type\":\"voicemail\",\"target\":\"x\"}}]'",
        "update phone_numbers set caller_rules ="
            + " '[{\"match\":\"exact\",\"value\":\"+1\",\"action\":{\"type\":\"voicemail\",\"target\":\"x\"}}]'",
        "update phone_numbers set caller_rules ="
            + " '[{\"match\":\"anonymous\",\"action\":{\"type\":\"fax\",\"target\":\"x\"}}]'",
        "update phone_numbers set caller_rules ="
            + " '[{\"match\":\"anonymous\",\"action\":{\"type\":\"voicemail\",\"target\":\"\"}}]'",
        "update phone_numbers set caller_rules ="
            + " '[{\"match\":\"anonymous\",\"action\":{\"type\":\"voicemail\",\"target\":\"a\\u0007\"}}]'",
        "update phone_numbers set caller_rules = (select"
            + " jsonb_agg('{\"match\":\"anonymous\",\"action\":{\"type\":\"voicemail\",\"target\":\"x\"}}'::jsonb)"
            + " from generate_series(1, 51))",
        "update organizations set sip_domain = 'Acme.example' where id = 1",
        "update organizations set sip_domain = 'acme..example' where id = 1",
        "update organizations set sip_domain = 'acme.example'",
        "update business_hours_schedules set scope = 'user' where id = 11",
        "update organizations set name = '' where id = 1",
        "update organizations set name = repeat('x', 256) where id = 1",
        "update organizations set name = E'a\\tb' where id = 1",
        "update organizations set name = U&'a\\0085b' where id = 1",
        "update organizations set status = 'Active' where id = 1",
        "update extensions set extension_number = '10a' where id = 11",
        "update extensions set extension_number = '' where id = 11",
        "update extensions set extension_number = E'101\\n' where id = 11",
        "update extensions set extension_number = '12345678901234567' where id = 11",
        "update extensions set extension_number = '102' where id = 11",
        "update extensions set type = 'fax' where id = 11",
        "update extensions set status = 'suspended' where id = 11",
        "update extensions set display_name = '' where id = 11",
        "update extensions set configuration = '[]' where id = 11",
        "update extensions set organization_id = 99 where id = 11",
        "update business_hours_schedules set open_hours_action_type = 'user' where id = 11",
        "update business_hours_schedules set closed_hours_action_target = '' where id = 11",
        "update business_hours_schedules set closed_hours_action_target = repeat('x', 256) where id = 11",
        "update business_hours_schedules set open_hours_action_target = repeat('x', 256) where id = 11",
        "update business_hours_schedules set open_hours_action_target = E'a\\tb' where id = 11",
        "update business_hours_schedules set status = 'active' where id = 12",
        "update business_hours_schedule_days set day_of_week = 'Monday' where id = 11",
        "insert into business_hours_schedule_days (business_hours_schedule_id, day_of_week) values (11, 'monday')",
        "insert into business_hours_exceptions (business_hours_schedule_id, date, name, type)"
            + " values (11, '2026-12-24', 'Again', 'closed')",
        "update business_hours_exceptions set type = 'open' where id = 11",
        "update extensions set do_not_disturb = null where id = 11",
        "update extensions set forward_enabled = null where id = 11",
        "update business_hours_time_ranges set action_type = 'voicemail' where id = 11",
        "update business_hours_time_ranges set action_target = 'x' where id = 11",
        "update business_hours_time_ranges set action_type = 'user', action_target = 'x' where id = 11",
        "update business_hours_exceptions set action_type = 'voicemail' where id = 11",
        "update business_hours_exceptions set action_type = 'voicemail', action_target = '' where id = 11",
        "update business_hours_exceptions set action_type = 'voicemail', action_target = repeat('x', 256) where id = 11",
        "update business_hours_exception_time_ranges set action_target = 'x' where id = 11",
        "update business_hours_exception_time_ranges set action_type = 'voicemail', action_target = E'a\\tb' where id = 11",
        "update business_hours_exceptions set date = '2027-02-29' where id = 11",
        "update business_hours_exceptions set end_date = '2026-12-24' where id = 11",
        "update business_hours_exceptions set end_date = '2027-12-25' where id = 11",
        "update business_hours_exceptions set recurrence = 'weekly' where id = 11",
        "update business_hours_exceptions set recurrence = 'yearly_weekday' where id = 11",
        "update business_hours_exceptions set recurrence = 'yearly', week_of_month = 'fourth' where id = 11",
        "update business_hours_exceptions set week_of_month = 'fourth' where id = 11",
        "update business_hours_exceptions set recurrence = 'yearly_weekday', week_of_month = 'third' where id = 11",
        "update business_hours_exceptions set recurrence = 'yearly_weekday', week_of_month = 'last' where id = 11",
        "update business_hours_exceptions set recurrence = 'yearly_weekday', week_of_month = 'fifth' where id = 11",
        "update business_hours_exceptions set recurrence = 'yearly', date = 'infinity' where id = 11",
        "update business_hours_exceptions set origin = 'other' where id = 11",
        "insert into business_hours_exceptions (business_hours_schedule_id, date, end_date, recurrence, name, type)"
            + " select 11, '2027-01-01', '2027-01-02', 'yearly', 'Twice', 'closed' from generate_series(1, 2)"
      })
  void refuseRows(String statement) {
    assertThatThrownBy(() -> database.owner().commit(statement))
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @Test
  void giveWhatMayBeOmittedADefault() {
    database.owner().commit("insert into organizations (name, timezone) values ('Three', 'UTC')");
    database
        .owner()
        .commit(
            "insert into extensions (organization_id, extension_number, type)"
                + " select id, '1', 'user' from organizations where name = 'Three'");
    assertThat(
            database
                .owner()
                .sql()
                .sql(
                    """
                    select o.status = 'active' and o.version = 0 and o.created_at = o.updated_at
                      and e.status = 'active' and e.version = 0 and not e.voicemail_enabled
                      and not e.do_not_disturb and e.forward_enabled
                      and e.display_name is null and e.configuration is null
                    from organizations o join extensions e on e.organization_id = o.id where o.name = 'Three'
                    """)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void cascadeDownwards() {
    database.owner().commit("delete from organizations where id = 1");
    assertThat(
            database
                .owner()
                .number(
                    """
                    select (select count(*) from extensions) + (select count(*) from business_hours_schedules)
                      + (select count(*) from business_hours_schedule_days) + (select count(*) from business_hours_time_ranges)
                      + (select count(*) from business_hours_exceptions)
                      + (select count(*) from business_hours_exception_time_ranges)
                    """))
        .isEqualTo(6);
  }

  private void updateRange(String table, String start, String end) {
    database
        .owner()
        .sql()
        .sql(
            "update %s set start_time = ?::time, end_time = ?::time where id = 11".formatted(table))
        .params(start, end)
        .update();
  }
}
