package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.testing.IntegrationTest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A change of any row of a document is the document's change, also by plain SQL. */
@IntegrationTest
class DocumentAgeTest {

  @Autowired private List<CachedResource<?>> resources;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private PlatformTransactionManager transactions;

  private final String digits =
      "4477" + ThreadLocalRandom.current().nextLong(10_000_000, 99_999_999);
  private final String domain = UUID.randomUUID() + ".example";
  private final String digest = UUID.randomUUID().toString().replace("-", "").repeat(2);
  private long org;
  private long schedule;

  /** Rows of one transaction that all say that they have not changed for 30 days. */
  @BeforeEach
  void insertOldRows() {
    org = single("select nextval('organizations_id_seq')", Long.class);
    schedule = single("select nextval('business_hours_schedules_id_seq')", Long.class);
    execute(
        """
        insert into organizations (id, name, timezone, sip_domain, updated_at)
          values (:org, 'Old', 'Europe/Rome', ':domain', now() - interval '30 days');
        insert into extensions (organization_id, extension_number, type, updated_at)
          values (:org, '101', 'user', now() - interval '30 days');
        insert into phone_numbers (organization_id, number, match, updated_at)
          values (:org, '+:digits', 'exact', now() - interval '30 days'),
                 (:org, '+:digits', 'prefix', now() - interval '30 days');
        insert into api_tokens (organization_id, name, role, digest, updated_at)
          values (:org, 'Old', 'platform', ':digest', now() - interval '30 days');
        insert into business_hours_schedules (id, organization_id, name, updated_at,
            open_hours_action_type, open_hours_action_target, closed_hours_action_type, closed_hours_action_target)
          values (:schedule, :org, 'Old', now() - interval '30 days', 'extension', '101', 'voicemail', '101');
        insert into business_hours_schedule_days (business_hours_schedule_id, day_of_week, enabled)
          values (:schedule, 'monday', true);
        insert into business_hours_time_ranges (business_hours_schedule_day_id, start_time, end_time)
          select id, '09:00', '17:00' from business_hours_schedule_days where business_hours_schedule_id = :schedule;
        insert into holiday_calendars (business_hours_schedule_id, name, source, country, next_attempt_at)
          values (:schedule, 'Italy', 'region', 'IT', now() + interval '1 day');
        insert into business_hours_exceptions
            (business_hours_schedule_id, date, name, type, origin, holiday_calendar_id)
          select :schedule, '2030-12-25', 'Christmas', 'special_hours', 'imported', id
            from holiday_calendars where business_hours_schedule_id = :schedule;
        insert into business_hours_exception_time_ranges (business_hours_exception_id, start_time, end_time)
          select id, '09:00', '12:00' from business_hours_exceptions where business_hours_schedule_id = :schedule;
        """);
  }

  @Test
  void documentsAreAsOldAsTheirYoungestRow() {
    assertThat(changedSince("30 days 1 minute"))
        .containsExactly(
            "business_hours", "extension", "organization", "phone_number", "sip_domain", "token");
    assertThat(changedSince("29 days")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          update extensions set status = 'inactive' where organization_id = :org | extension
          update organizations set status = 'suspended' where id = :org \
            | organization sip_domain business_hours
          update phone_numbers set name = 'New' where organization_id = :org | phone_number
          update api_tokens set name = 'New' where organization_id = :org | token
          update api_tokens set last_used_at = now() where organization_id = :org | ''
          update business_hours_schedules set name = 'New' where id = :schedule | business_hours
          insert into business_hours_schedule_days (business_hours_schedule_id, day_of_week) \
            values (:schedule, 'friday') | business_hours
          update business_hours_schedule_days set enabled = false where business_hours_schedule_id = :schedule \
            | business_hours
          delete from business_hours_schedule_days where business_hours_schedule_id = :schedule | business_hours
          delete from business_hours_time_ranges where business_hours_schedule_day_id in \
            (select id from business_hours_schedule_days where business_hours_schedule_id = :schedule) | business_hours
          insert into business_hours_exceptions (business_hours_schedule_id, date, name, type) \
            values (:schedule, '2030-01-01', 'New', 'closed') | business_hours
          update business_hours_exception_time_ranges set end_time = '13:00' where business_hours_exception_id in \
            (select id from business_hours_exceptions where business_hours_schedule_id = :schedule) | business_hours
          update holiday_calendars set refresh_minutes = 60 where business_hours_schedule_id = :schedule | ''
          delete from holiday_calendars where business_hours_schedule_id = :schedule | business_hours
          insert into routing_overrides (organization_id, mode) values (:org, 'closed') | organization
          insert into routing_overrides (organization_id, scope, business_hours_schedule_id, mode) \
            values (:org, 'schedule', :schedule, 'closed') | business_hours
          insert into routing_overrides (organization_id, scope, phone_number_id, mode) \
            select :org, 'number', id, 'closed' from phone_numbers where number = '+:digits' and match = 'exact' \
            | phone_number
          """)
  void changeOfARowIsAChangeOfTheDocumentsThatShowIt(String statements, String changed) {
    execute(statements);

    assertThat(changedSince("1 day")).containsExactlyElementsOf(new TreeSet<>(words(changed)));
  }

  @Test
  void clearingAnOverrideIsAChange() {
    execute(
        "insert into routing_overrides (organization_id, mode, updated_at)"
            + " values (:org, 'closed', now() - interval '10 days')");
    assertThat(changedSince("1 day")).isEmpty();
    assertThat(changedSince("11 days")).containsExactly("organization");

    execute("update routing_overrides set cleared_at = now() where organization_id = :org");
    assertThat(changedSince("1 day")).containsExactly("organization");
  }

  @Test
  void documentOfAllBlocksIsAsOldAsTheYoungestOfThem() {
    for (String change :
        List.of(
            "update phone_numbers set name = 'New' where match = 'prefix' and organization_id = :org",
            "update organizations set name = 'New' where id = :org",
            "insert into routing_overrides (organization_id, mode) values (:org, 'closed')",
            """
            insert into routing_overrides (organization_id, scope, phone_number_id, mode)
              select :org, 'number', id, 'closed' from phone_numbers where number = '+:digits' and match = 'prefix'
            """)) {
      Instant before = single("select clock_timestamp()", OffsetDateTime.class).toInstant();
      execute(change);
      assertThat(changedAt("phone_number_block", 0, null)).isAfterOrEqualTo(before);
    }
  }

  /** A time that no other application should write: it must not fail the load. */
  @Test
  void infiniteTimeIsRead() {
    execute(
        """
        insert into business_hours_schedules (organization_id, name, scope, updated_at,
            open_hours_action_type, open_hours_action_target, closed_hours_action_type, closed_hours_action_target)
          values (:org, 'Old', 'number', '-infinity', 'extension', '101', 'voicemail', '101')
        """);
    long id =
        single(
            "select max(id) from business_hours_schedules where organization_id = " + org,
            Long.class);

    assertThat(changedAt("business_hours", org, Long.toString(id))).isBefore(Instant.now());
  }

  private void execute(String statements) {
    String text =
        statements
            .replace(":org", Long.toString(org))
            .replace(":schedule", Long.toString(schedule))
            .replace(":domain", domain)
            .replace(":digits", digits)
            .replace(":digest", digest);
    new TransactionTemplate(transactions).executeWithoutResult(status -> jdbc.execute(text));
  }

  private <T> T single(String query, Class<T> type) {
    return Objects.requireNonNull(jdbc.queryForObject(query, type));
  }

  /** Names of the documents of this test that changed within this time. */
  private List<String> changedSince(String interval) {
    Instant since =
        single("select now() - interval '" + interval + "'", OffsetDateTime.class).toInstant();
    return new TreeSet<>(
            List.of(
                "extension",
                "organization",
                "business_hours",
                "phone_number",
                "sip_domain",
                "token"))
        .stream().filter(name -> changedAt(name).isAfter(since)).toList();
  }

  private Instant changedAt(String name) {
    return switch (name) {
      case "extension" -> changedAt(name, org, "101");
      case "phone_number" -> changedAt(name, 0, digits);
      case "sip_domain" -> changedAt(name, 0, domain);
      case "token" -> changedAt(name, 0, digest);
      default -> changedAt(name, org, null);
    };
  }

  private Instant changedAt(String name, long organizationId, @Nullable String identifier) {
    CachedResource<?> resource =
        resources.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    LoadedDocument<?> document = resource.load(organizationId, identifier);
    return Objects.requireNonNull(Objects.requireNonNull(document).changedAt());
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
