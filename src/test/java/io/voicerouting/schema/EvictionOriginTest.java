package io.voicerouting.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.schema.MigratedDatabase.Session;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What outbox rows tell of their origin, and that the previous release can still use the table. */
class EvictionOriginTest {

  private static final String CHANGE = "update extensions set display_name = 'new' where id = 11;";

  private final MigratedDatabase database = MigratedDatabase.get();
  private final Session owner = database.owner();

  @BeforeEach
  void reset() {
    database.reset();
  }

  private List<Map<String, @Nullable Object>> rows() {
    return owner
        .sql()
        .sql(
            "select cause, changed_table, token_name, application_name, database_user, done_at,"
                + " done_on::text, confirmations::text from routing_cache_eviction order by id")
        .query()
        .listOfRows();
  }

  @Test
  void changeNamesTableApplicationAndUser() {
    owner.commit("set local application_name = 'billing import'; " + CHANGE);

    assertThat(rows())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("cause", "change")
                    .containsEntry("changed_table", "extensions")
                    .containsEntry("token_name", null)
                    .containsEntry("application_name", "billing import")
                    .containsEntry("database_user", MigratedDatabase.SUPERUSER));
  }

  @Test
  void tokenIsBelievedFromThoseWhoMayWriteTheOutbox() {
    owner.commit("set local routing.token_name = 'back office'; " + CHANGE);
    owner.commit(CHANGE); // the setting ends with the transaction
    owner.commit(
        "drop role if exists teller; create role teller login; grant usage on schema "
            + MigratedDatabase.SCHEMA
            + " to teller; grant select, update on extensions to teller;");
    try (Session teller = database.session("teller")) {
      teller.commit("set local routing.token_name = 'back office'; " + CHANGE);
    } finally {
      owner.commit("drop owned by teller; drop role teller;");
    }

    assertThat(rows().stream().map(row -> row.get("token_name")))
        .containsExactly("back office", null, null);
    assertThat(rows().getLast()).containsEntry("database_user", "teller");
  }

  /** As after a restore into another database cluster, whose transaction ids begin anew. */
  @Test
  void keptRowOfTheSameTransactionIdTellsTheNewOrigin() {
    owner.commit(
        "insert into routing_cache_eviction (organization_id, resource_type, identifier, cause,"
            + " token_name, created_at, done_at, done_on, confirmations) values (1, 'extension', '101',"
            + " 'operator', 'ops', '2026-01-01', '2026-01-01', '{old}', '{}');"
            + CHANGE);

    assertThat(rows())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("cause", "change")
                    .containsEntry("token_name", null)
                    .containsEntry("done_at", null)
                    .containsEntry("done_on", null)
                    .containsEntry("confirmations", null));
  }

  /** During a rolling deployment. */
  @Test
  void statementsOfThePreviousReleaseWork() {
    owner.commit(
        "insert into routing_cache_eviction (organization_id, resource_type, identifier)"
            + " values (1, 'extension', '101')");
    owner.commit(
        """
        with due as (
          select id from routing_cache_eviction
          where done_on is null or not done_on @> array['reign']::text[]
        ), mine as (
          select id from routing_cache_eviction where id in (select id from due) for update skip locked
        )
        update routing_cache_eviction e
        set done_at = coalesce(done_at, clock_timestamp()), done_on = array_append(done_on, 'reign'::text)
        from mine where e.id = mine.id
        """);

    assertThat(rows())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("cause", "operator")
                    .containsEntry("done_on", "{reign}")
                    .containsEntry("confirmations", null));
    assertThat(rows().getFirst().get("done_at")).isNotNull();
  }
}
