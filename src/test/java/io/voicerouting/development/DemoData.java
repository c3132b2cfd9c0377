package io.voicerouting.development;

import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionTemplate;

/** Three organizations that make use of everything, in {@code demo-data.sql}. */
record DemoData(DataSource dataSource) {

  /** Inserts all of it, or nothing when it has been inserted before. */
  void insertUnlessPresent() {
    new TransactionTemplate(new DataSourceTransactionManager(dataSource))
        .executeWithoutResult(
            transaction -> {
              if (!isPresent()) {
                new ResourceDatabasePopulator(new ClassPathResource("demo-data.sql"))
                    .execute(dataSource);
              }
            });
  }

  private boolean isPresent() {
    return Objects.requireNonNull(
        JdbcClient.create(dataSource)
            .sql("select exists (select from organizations where name = 'Acme Telecom')")
            .query(Boolean.class)
            .single());
  }
}
