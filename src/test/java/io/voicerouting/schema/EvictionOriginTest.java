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
            "select cause, selection, changed_table, token_name, application_name, database_user, done_at,"
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
  void tokenIsTrustedOnlyFromRolesThatMayWriteTheOutbox() {
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
  void keptRowOfTheSameTransactionIdHasTheNewOrigin() {
    owner.commit(
        "insert into routing_cache_eviction (organization_id, resource_type, identifier, cause,"
            + " selection, token_name, created_at, done_at, done_on, confirmations) values (1,"
            + " 'extension', '101', 'tag', 'all=true', 'ops', '2026-01-01', '2026-01-01', '{old}',"
            + " '{}');"
            + CHANGE);

    assertThat(rows())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("cause", "change")
                    .containsEntry("selection", null)
                    .containsEntry("token_name", null)
                    .containsEntry("done_at", null)
                    .containsEntry("done_on", null)
                    .containsEntry("confirmations", null));
  }

  private List<String> owners() {
    return owner
        .sql()
        .sql(
            "select concat_ws(' ', resource_type, identifier, owner_ids)"
                + " from routing_cache_eviction where organization_id = 0")
        .query((row, number) -> row.getString(1))
        .stream()
        .sorted()
        .toList();
  }

  @Test
  void keysWithoutOrganizationNameTheirOwners() {
    owner.commit(
        """
        insert into phone_numbers (id, organization_id, number, match)
          values (11, 1, '+15550100', 'exact'), (12, 1, '+155502', 'prefix'), (22, 2, '+155503', 'prefix'),
                 (13, 1, '+15550101', 'exact');
        insert into api_tokens (id, name, role, organization_id, digest)
          values (11, 'One', 'platform', 1, repeat('a', 64)), (12, 'All', 'ops', null, repeat('b', 64));
        update organizations set sip_domain = 'one.example' where id = 1;
        """);
    assertThat(owners())
        .containsExactly(
            "phone_number 15550100 {1}",
            "phone_number 15550101 {1}",
            "phone_number_block {1,2}",
            "sip_domain one.example {1}",
            "token " + "a".repeat(64) + " {1}",
            "token " + "b".repeat(64));

    owner.commit("truncate routing_cache_eviction");
    for (String change :
        List.of(
            "insert into routing_overrides (organization_id, mode) values (1, 'closed')",
            "insert into routing_overrides (organization_id, scope, phone_number_id, mode)"
                + " values (1, 'number', 11, 'closed')",
            "delete from phone_numbers where id = 11",
            "update phone_numbers set organization_id = 2 where id = 13",
            "update organizations set sip_domain = null where id = 1",
            "update organizations set status = 'suspended' where id = 2",
            "delete from api_tokens where id = 11")) {
      owner.commit(change);
    }
    assertThat(owners())
        .containsExactly(
            "phone_number 15550100 {1}",
            "phone_number 15550100 {1}",
            "phone_number 15550101 {1,2}",
            "phone_number_block {1}",
            "phone_number_block {2}",
            "sip_domain one.example {1}",
            "token " + "a".repeat(64) + " {1}");
  }

  @Test
  void keysWithOrganizationNameNoOwners() {
    owner.commit(CHANGE);

    assertThat(owner.number("select count(*) from routing_cache_eviction where owner_ids is null"))
        .isEqualTo(1);
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

  /** Of migration V17. */
  @Test
  void bulkEvictionOfThePreviousReleaseWorks() {
    String insert =
        """
        insert into routing_cache_eviction as e
          (organization_id, resource_type, identifier, cause, token_name)
        values (1, 'extension', '101', 'tag', 'ops')
        on conflict on constraint routing_cache_eviction_key_unique
        do update set cause = excluded.cause, token_name = excluded.token_name,
          done_at = null, done_on = null, confirmations = null;
        """;
    owner.commit(insert + insert);

    assertThat(rows())
        .singleElement()
        .satisfies(
            row -> assertThat(row).containsEntry("cause", "tag").containsEntry("selection", null));
  }
}
