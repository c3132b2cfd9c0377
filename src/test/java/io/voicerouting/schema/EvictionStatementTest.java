package io.voicerouting.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.schema.MigratedDatabase.Session;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which text of a client's statement outbox rows keep, and which they do not. */
class EvictionStatementTest {

  private static final String CHANGE = "update extensions set display_name = 'new' where id = 11";
  private static final String DIGEST = "0123456789abcdef".repeat(4);
  private static final String TOKEN = "vrt_" + "aB3-_".repeat(8) + "xyz";

  private final MigratedDatabase database = MigratedDatabase.get();
  private final Session owner = database.owner();

  @BeforeEach
  void reset() {
    database.reset();
  }

  private List<@Nullable String> statements() {
    return owner
        .sql()
        .sql("select statement from routing_cache_eviction order by id")
        .query(String.class)
        .list();
  }

  private @Nullable String statement() {
    assertThat(statements()).hasSize(1);
    return statements().getFirst();
  }

  private List<String> operations() {
    return owner
        .sql()
        .sql(
            "select concat_ws(' ', resource_type, identifier, operation, changed_table)"
                + " from routing_cache_eviction order by id")
        .query((row, number) -> row.getString(1))
        .list();
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended"})
  void statementIsKeptAsItWasSent(String protocol) {
    try (Session session = database.session(MigratedDatabase.SUPERUSER, protocol)) {
      session.sql().sql(CHANGE).update();
    }

    assertThat(statement()).isEqualTo(CHANGE);
    assertThat(operations()).containsExactly("extension 101 update extensions");
  }

  @Test
  void blockIsKeptAsAWhole() {
    String text = "do $$ begin perform 1; " + CHANGE + "; end $$";
    owner.commit(text);

    assertThat(statement()).isEqualTo(text);
  }

  @Test
  void parametersAreNotKept() {
    owner.sql().sql("update extensions set display_name = ? where id = ?").params("x", 11).update();

    assertThat(statement()).isEqualTo("update extensions set display_name = $1 where id = $2");
  }

  @Test
  void everyKeyOfAStatementHasIt() {
    String statement = "delete from extensions where organization_id = 1";
    owner.commit(statement);

    assertThat(statements()).containsExactly(statement, statement);
    assertThat(operations())
        .containsExactlyInAnyOrder(
            "extension 101 delete extensions", "extension 102 delete extensions");
  }

  @Test
  void everyOperationIsNamed() {
    owner.commit(
        "insert into extensions (organization_id, extension_number, type) values (1, '103', 'user')");
    owner.commit(CHANGE);
    owner.commit("delete from extensions where id = 12");
    owner.commit("truncate extensions");

    assertThat(operations())
        .startsWith(
            "extension 103 insert extensions",
            "extension 101 update extensions",
            "extension 102 delete extensions")
        .contains("truncate extensions");
  }

  @Test
  void functionIsNamedByItsCall() {
    owner.commit(
        "create function rename_extension(text) returns void language sql"
            + " begin atomic update extensions set display_name = $1 where id = 11; end");
    owner.commit("select rename_extension('Night desk')");
    owner.commit("drop function rename_extension");

    assertThat(statement()).isEqualTo("select rename_extension('Night desk')");
  }

  @Test
  void copyIsNamedWithoutItsLines() throws SQLException, IOException {
    owner.copy("extensions (organization_id, extension_number, type)", "1\t103\tuser\n");

    assertThat(statement())
        .isEqualTo("copy extensions (organization_id, extension_number, type) from stdin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended"})
  void longStatementIsShortened(String protocol) {
    String start = "update extensions set display_name = 'new' /* ";
    String text = start + "- ".repeat(500_000) + "*/ where id = 11";
    try (Session session = database.session(MigratedDatabase.SUPERUSER, protocol)) {
      session.sql().sql(text).update();
    }

    assertThat(statement()).startsWith(start).endsWith("…").hasSize(500);
  }

  @ParameterizedTest
  @ValueSource(ints = {499, 500, 501, 599, 600, 601})
  void lengthIsBounded(int length) {
    String text = CHANGE + " -- " + "x ".repeat(300);
    owner.commit(text.substring(0, length - 1) + "!");

    String kept = statement();
    assertThat(kept).hasSize(Math.min(length, 500)).endsWith(length > 500 ? "…" : "!");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ttabs\r\nlines", "\u0001\u001f\u007f\u009f", "\ud83d\udcde\u6f22\u202eevil\u202c",
        "\"><script>alert(1)</script>", "\\\" \\\\ %s %1$s", "\u2028\ufeff\uffff",
      })
  void oddCharactersAreKept(String characters) {
    String text = CHANGE + " /* " + characters + " */";
    owner.commit(text);

    assertThat(statement()).isEqualTo(text);
  }

  @Test
  void statementsThatMayNameSecretsAreNotKept() {
    owner.commit(CHANGE + " and not exists (select from API_TOKENS)");
    owner.commit("/* signature_SECRET */ " + CHANGE);
    owner.commit("/* alter role x password 'y' */ " + CHANGE);
    owner.commit("/* " + "- ".repeat(1000) + "api_tokens */ " + CHANGE);

    assertThat(statements()).hasSize(4).containsOnlyNulls();
  }

  @Test
  void tokensAndDigestsAreMasked() {
    owner.commit("/* " + TOKEN + " " + DIGEST + DIGEST.toUpperCase(Locale.ROOT) + " */" + CHANGE);

    assertThat(statement()).isEqualTo("/* *** *** */" + CHANGE);
  }

  /** Neither a digest at the bound nor, after shorter masks, one that is cut further behind. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void cutDigestsAreMasked(int before) {
    for (int at = 430; at <= 610; at += 3) {
      String start = CHANGE + " -- " + (DIGEST + " ").repeat(before);
      owner.commit(start + " ".repeat(at - start.length()) + DIGEST + " end");
    }

    assertThat(statements()).hasSize(61).noneMatch(kept -> kept.contains("0123"));
  }

  @Test
  void changeOfTokensIsNotKept() {
    owner.commit(
        "insert into api_tokens (name, role, digest) values ('One', 'ops', '" + DIGEST + "')");

    assertThat(statement()).isNull();
    assertThat(operations()).containsExactly("token " + DIGEST + " insert api_tokens");
  }

  /** The call is the statement of both changes, and does not name the table. */
  @ParameterizedTest
  @ValueSource(strings = {"issue; rename", "rename; issue"})
  void callThatAlsoChangesTokensIsNotKept(String order) {
    String body =
        order
            .replace(
                "issue", "insert into api_tokens (name, role, digest) values ('One', 'ops', $1)")
            .replace("rename", CHANGE);
    owner.commit(
        "create function hand_over(text) returns void language sql as '"
            + body.replace("'", "''")
            + "'");
    owner.commit("select hand_over(repeat('ab', 32))");
    owner.commit("drop function hand_over");

    assertThat(statements()).hasSize(2).containsOnlyNulls();
    owner.commit(CHANGE);
    assertThat(statements().getLast()).isEqualTo(CHANGE);
  }

  @Test
  void cascadeToTokensKeepsTheStatement() {
    owner.commit(
        "insert into api_tokens (name, role, organization_id, digest) values ('One', 'platform', 2, '"
            + DIGEST
            + "'); truncate routing_cache_eviction");
    String statement = "delete from organizations where id = 2";
    owner.commit(statement);

    assertThat(
            owner
                .sql()
                .sql(
                    "select distinct statement from routing_cache_eviction where changed_table <> 'api_tokens'")
                .query(String.class)
                .list())
        .containsExactly(statement);
    assertThat(
            owner.number(
                "select count(*) from routing_cache_eviction where changed_table = 'api_tokens' and statement is null"))
        .isEqualTo(1);
  }

  @Test
  void statementOfARequestIsNotKept() {
    owner.commit("set local routing.token_name = 'back office'; " + CHANGE);

    assertThat(statement()).isNull();
    assertThat(operations()).containsExactly("extension 101 update extensions");
  }

  @Test
  void keepingCanBeSwitchedOff() {
    owner.commit("revoke execute on function routing_cache_statement() from public");
    try {
      owner.commit(CHANGE);
      assertThat(statement()).isNull();
    } finally {
      owner.commit("grant execute on function routing_cache_statement() to public");
    }
    owner.commit(CHANGE);
    assertThat(statements()).containsExactly(null, CHANGE);
  }

  /** As after a restore into another database cluster, whose transaction ids begin anew. */
  @Test
  void keptRowOfTheSameTransactionIdTellsTheNewStatement() {
    String text =
        "insert into routing_cache_eviction (organization_id, resource_type, identifier, cause,"
            + " done_at, operation, statement) values (1, 'extension', '101', 'change', now(),"
            + " 'delete', 'old');";
    owner.commit(text + CHANGE);

    assertThat(statement()).isEqualTo(CHANGE);
    assertThat(operations()).containsExactly("extension 101 update extensions");
  }
}
