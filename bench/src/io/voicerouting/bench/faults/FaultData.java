package io.voicerouting.bench.faults;

import io.voicerouting.bench.SampleData;
import io.voicerouting.testing.PostgresInstance;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sample data, with the versioned documents in it. */
final class FaultData {

  static final SampleData SAMPLES = new SampleData(500, 50);

  private static final String RESET_EXTENSIONS =
      "update extensions set type = 'user', configuration = jsonb_build_object('forward_to', ?)"
          + " where organization_id <= ? and extension_number = ?";
  private static final String RESET_SCHEDULES =
      "update business_hours_schedules set name = ? where organization_id <= ?";
  private static final String DOCUMENTS =
      """
      select id, organization_id, false as schedule from extensions
      where organization_id <= :organizations and extension_number = :number
      union all
      select id, organization_id, true from business_hours_schedules
      where organization_id <= :organizations
      order by organization_id, schedule
      """;

  private FaultData() {}

  /** Sets all versioned documents to version 0 and returns them. */
  static List<VersionedDocument> versionedDocuments(PostgresInstance postgres) {
    JdbcClient database = SampleData.client(postgres);
    String number = Integer.toString(SampleData.FIRST_NUMBER);
    database
        .sql(RESET_EXTENSIONS)
        .params(VersionedDocument.phoneNumber(0), RequestMix.WRITTEN_ORGANIZATIONS, number)
        .update();
    database
        .sql(RESET_SCHEDULES)
        .params(VersionedDocument.name(0), RequestMix.WRITTEN_ORGANIZATIONS)
        .update();
    // Nothing is cached yet, so these evictions would only delay the first real ones.
    database.sql("delete from routing_cache_eviction").update();
    return database
        .sql(DOCUMENTS)
        .param("organizations", RequestMix.WRITTEN_ORGANIZATIONS)
        .param("number", number)
        .query(
            (row, index) ->
                new VersionedDocument(row.getLong(2), row.getLong(1), row.getBoolean(3)))
        .list();
  }
}
