package io.voicerouting.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.schema.MigratedDatabase.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application that may write a table or two, and nothing else. */
class OutsideWriterTest {

  private final MigratedDatabase database = MigratedDatabase.get();
  private Session writer = database.owner();

  @BeforeEach
  void createWriter() {
    database.reset();
    database
        .owner()
        .commit(
            """
            create role billing login;
            grant usage on schema telephony to billing;
            grant select, insert, update, delete, truncate on extensions, business_hours_time_ranges to billing;
            """);
    writer = database.session("billing");
  }

  @AfterEach
  void dropWriter() {
    writer.close();
    database.owner().commit("drop owned by billing; drop role billing");
  }

  @Test
  void needsNoRightOnTheOutbox() {
    writer.commit("update extensions set extension_number = '199' where id = 11");
    writer.commit("truncate extensions");
    assertThat(database.outbox())
        .containsExactly("1 everything", "1 extension 101", "1 extension 199", "2 everything");
    assertThatThrownBy(() -> writer.commit("delete from routing_cache_eviction"))
        .rootCause()
        .hasMessageContaining("permission denied");
  }

  @Test
  void needsNoRightOnTheParents() {
    writer.commit("update business_hours_time_ranges set end_time = '18:00' where id = 11");
    assertThat(database.outbox()).containsExactly("1 business_hours");
    assertThat(
            database.owner().number("select version from business_hours_schedules where id = 11"))
        .isOne();
  }

  @Test
  void needsNoSearchPath() {
    writer.commit(
        "set local search_path = ''; update telephony.extensions set status = 'inactive' where id = 11");
    assertThat(database.outbox()).containsExactly("1 extension 101");
  }

  @Test
  void cannotSlipInATableOfItsOwn() {
    writer.commit(
        """
        create temporary table routing_cache_eviction (organization_id bigint, resource_type text, identifier text);
        grant all on routing_cache_eviction to public;
        update telephony.extensions set status = 'inactive' where id = 11;
        drop table pg_temp.routing_cache_eviction;
        """);
    assertThat(database.outbox()).containsExactly("1 extension 101");
  }

  @Test
  void cannotBorrowTheRightsOfTheTriggers() {
    assertThatThrownBy(
            () ->
                writer.commit(
                    """
                    create temporary table mine (id bigint);
                    create trigger steal after insert on mine referencing new table as new_rows
                    for each statement execute function telephony.routing_cache_eviction_record('select 1');
                    """))
        .rootCause()
        .hasMessageContaining("permission denied for function");
  }
}
