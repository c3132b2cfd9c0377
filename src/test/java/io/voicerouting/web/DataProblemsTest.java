package io.voicerouting.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.transaction.TransactionSystemException;

class DataProblemsTest {

  private static final String UNAVAILABLE = "The database is unavailable.";
  private static final String UNKNOWN =
      "The connection to the database was lost; it is unknown whether the change was saved.";
  private static final String TRY_AGAIN =
      "Another request changed the document at the same time; try again.";

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of("connection lost", jpa("08006"), 503, UNAVAILABLE),
        Arguments.of("shut down", jpa("57P01"), 503, UNAVAILABLE),
        Arguments.of("disk full", jpa("53100"), 503, UNAVAILABLE),
        Arguments.of("takes no writes", jpa("25006"), 503, UNAVAILABLE),
        Arguments.of(
            "takes no writes, by JDBC",
            new UncategorizedSQLException("task", "sql", new SQLException("no", "25006")),
            503,
            UNAVAILABLE),
        Arguments.of("too slow", new QueryTimeoutException("too slow"), 503, UNAVAILABLE),
        Arguments.of("lost in the commit", commit("08006"), 503, UNKNOWN),
        Arguments.of("disk full in the commit", commit("53100"), 503, UNAVAILABLE),
        Arguments.of("deadlock", new CannotAcquireLockException("deadlock"), 409, TRY_AGAIN),
        Arguments.of("changed", new OptimisticLockingFailureException("old"), 409, TRY_AGAIN));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void failuresAreMappedToProblems(String name, Exception failure, int status, String detail) {
    var problem = Objects.requireNonNull(DataProblems.translate(failure));

    assertThat(problem.getStatusCode().value()).isEqualTo(status);
    assertThat(problem.getBody().getDetail()).isEqualTo(detail);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void bugsAreNotMapped(Exception failure) {
    assertThat(DataProblems.translate(failure)).isNull();
  }

  static Stream<Exception> faults() {
    return Stream.of(jpa("42P01"), jpa("25P02"), new IllegalStateException("oops"));
  }

  private static JpaSystemException jpa(String state) {
    return new JpaSystemException(new PersistenceException(new SQLException("no", state)));
  }

  private static TransactionSystemException commit(String state) {
    return new TransactionSystemException("commit", new SQLException("no", state));
  }
}
