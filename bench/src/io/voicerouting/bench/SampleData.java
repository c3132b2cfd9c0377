package io.voicerouting.bench;

import io.voicerouting.testing.PostgresInstance;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Organizations 1 and up, each with extensions 1001 and up and one active schedule with ten
 * exceptions. Their time zones are spread around the world, so that the share of open schedules
 * hardly depends on the time of day. Closed schedules send callers to extension 1001. One extension
 * in ten is a ring group.
 *
 * @param organizations number of organizations
 * @param extensions number of extensions of each organization
 */
public record SampleData(int organizations, int extensions) {

  /** The data set of most benchmarks. */
  public static final SampleData STANDARD = new SampleData(100, 50);

  /** The first extension number of each organization. */
  public static final int FIRST_NUMBER = 1001;

  /** The Redis key of an extension. */
  static String redisKey(long organizationId, String extensionNumber) {
    return "routing:extension:" + organizationId + ":" + extensionNumber;
  }

  /** A client for the database. */
  public static JdbcClient client(PostgresInstance postgres) {
    return JdbcClient.create(dataSource(postgres));
  }

  private static DataSource dataSource(PostgresInstance postgres) {
    return new DriverManagerDataSource(
        postgres.jdbcUrl(), postgres.username(), postgres.password());
  }

  /** Migrates an empty database and inserts the data. */
  void load(PostgresInstance postgres) {
    Flyway.configure().dataSource(dataSource(postgres)).load().migrate();
    JdbcClient database = client(postgres);
    database.sql(ORGANIZATIONS).param("organizations", organizations).update();
    database
        .sql(EXTENSIONS)
        .param("first", FIRST_NUMBER)
        .param("last", FIRST_NUMBER + extensions - 1)
        .update();
    database.sql(SCHEDULES).update();
    database.sql(NUMBERS).update();
    database.sql("analyze").update();
  }

  private static final String ORGANIZATIONS =
      """
      insert into organizations (name, sip_domain, timezone)
      select 'Organization ' || n, 'organization-' || n || '.example', (array['Pacific/Auckland', 'Asia/Tokyo', 'Asia/Kolkata',
        'Europe/Berlin', 'America/Sao_Paulo', 'America/Los_Angeles'])[n % 6 + 1]
      from generate_series(1, :organizations) n
      """;

  private static final String EXTENSIONS =
      """
      insert into extensions
        (organization_id, extension_number, type, display_name, voicemail_enabled, configuration)
      select o.id, n::text,
        case when n % 10 = 0 then 'ring_group' else 'user' end,
        'Extension ' || n || ' of ' || o.name, n % 2 = 0,
        case when n % 10 = 0 then jsonb_build_object('ring_group_id', 'group-' || n)
          when n % 3 = 0 then '{"timeout_seconds": 20}' end
      from organizations o cross join generate_series(:first, :last) n order by o.id, n
      """;

  /** A phone number for each extension, which rings when the schedule is open. */
  private static final String NUMBERS =
      """
      insert into phone_numbers (organization_id, number, open_action_type, open_action_target)
      select organization_id, '+1555' || organization_id || extension_number, 'extension', extension_number
      from extensions order by id
      """;

  private static final String SCHEDULES =
      """
      with schedules as (
        insert into business_hours_schedules (organization_id, name, open_hours_action_type,
          open_hours_action_target, closed_hours_action_type, closed_hours_action_target)
        select id, 'Office hours', 'ring_group', 'sales', 'extension', '1001' from organizations
        returning id),
      days as (
        insert into business_hours_schedule_days (business_hours_schedule_id, day_of_week, enabled)
        select s.id, day, true from schedules s cross join unnest(array['monday', 'tuesday',
          'wednesday', 'thursday', 'friday', 'saturday', 'sunday']) day
        returning id),
      ranges as (
        insert into business_hours_time_ranges (business_hours_schedule_day_id, start_time, end_time)
        select d.id, r.a::time, r.b::time
        from days d cross join (values ('08:00', '12:00'), ('13:00', '18:00')) r (a, b)),
      exceptions as (
        insert into business_hours_exceptions (business_hours_schedule_id, date, name, type)
        select s.id, current_date + 20 * n, 'Holiday ' || n,
          case when n % 2 = 0 then 'closed' else 'special_hours' end
        from schedules s cross join generate_series(1, 10) n
        returning id, type)
      insert into business_hours_exception_time_ranges
        (business_hours_exception_id, start_time, end_time)
      select id, '10:00', '14:00' from exceptions where type = 'special_hours'
      """;
}
