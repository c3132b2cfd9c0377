package io.voicerouting.bench;

import io.voicerouting.testing.PostgresInstance;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The sample data, with documents in it that are written all the time. */
final class FaultData {

  static final SampleData SAMPLES = new SampleData(500, 50);

  private static final String FIRST_NUMBERS =
      "update extensions set type = 'user', configuration = jsonb_build_object('forward_to', ?)"
          + " where organization_id <= ? and extension_number = ?";
  private static final String FIRST_NAMES =
      "update business_hours_schedules set name = ? where organization_id <= ?";
  private static final String CELLS =
      """
      select id, organization_id, false as schedule from extensions
      where organization_id <= :organizations and extension_number = :number
      union all
      select id, organization_id, true from business_hours_schedules
      where organization_id <= :organizations
      order by organization_id, schedule
      """;

  private FaultData() {}

  /** Fills an empty database; what is written in it. */
  static List<WrittenCell> load(PostgresInstance postgres) {
    SAMPLES.load(postgres);
    JdbcClient database =
        JdbcClient.create(
            new DriverManagerDataSource(
                postgres.jdbcUrl(), postgres.username(), postgres.password()));
    database
        .sql(FIRST_NUMBERS)
        .params(Question.PHONE_PREFIX + "0000000", Questions.WRITTEN, WrittenCell.NUMBER)
        .update();
    database.sql(FIRST_NAMES).params(Question.NAME_PREFIX + "0", Questions.WRITTEN).update();
    // Nothing of it can be cached yet; a full pass is to find what is written, not all that was
    // made.
    database.sql("delete from routing_cache_eviction").update();
    return database
        .sql(CELLS)
        .param("organizations", Questions.WRITTEN)
        .param("number", WrittenCell.NUMBER)
        .query((row, index) -> cell(row.getLong(1), row.getLong(2), row.getBoolean(3)))
        .list();
  }

  private static WrittenCell cell(long id, long organizationId, boolean schedule) {
    boolean even = organizationId % 2 == 0;
    return new WrittenCell(
        organizationId, id, schedule, even ? WrittenCell.Writer.API : WrittenCell.Writer.SQL);
  }
}
