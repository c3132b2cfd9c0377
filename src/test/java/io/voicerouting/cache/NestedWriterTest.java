package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.IntegrationTest;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A writer whose transaction runs while another one of the same thread is suspended. */
@IntegrationTest
class NestedWriterTest {

  @Autowired private PlatformTransactionManager transactions;
  @Autowired private JdbcTemplate database;

  @Test
  void nestedWriterDoesNotAffectTheSuspendedTransaction() {
    TransactionTemplate outer = new TransactionTemplate(transactions);
    outer.setReadOnly(true); // in which marking rows done would be an error
    TransactionTemplate inner = new TransactionTemplate(transactions);
    inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

    String name =
        outer.execute(
            status -> {
              Long organization =
                  inner.execute(
                      write -> {
                        EvictionMark.set();
                        return database.queryForObject(
                            "insert into organizations (name, timezone) values ('Inner', 'UTC')"
                                + " returning id",
                            Long.class);
                      });
              return database.queryForObject(
                  "select name from organizations where id = ?",
                  String.class,
                  Objects.requireNonNull(organization));
            });

    assertThat(name).isEqualTo("Inner");
  }
}
