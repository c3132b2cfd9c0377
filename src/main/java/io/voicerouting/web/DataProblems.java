package io.voicerouting.web;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.ErrorResponseException;

/** Maps failures of the database to problems. */
final class DataProblems {

  private static final String CONCURRENT_CHANGE = "concurrent-change";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  /** SQLSTATE prefixes for a lost connection and a shutdown. */
  private static final List<String> LOST = List.of("08", "57P");

  /**
   * SQLSTATE prefixes for a database that is unavailable: the ones above, lack of a resource such
   * as disk space, and a primary that accepts no writes.
   */
  private static final List<String> UNAVAILABLE = List.of("08", "57P", "53", "25006");

  private DataProblems() {}

  /** Finds the problem of a failure; null if the failure is a bug in this service. */
  static @Nullable ErrorResponseException translate(Throwable failure) {
    if (failure instanceof ConcurrencyFailureException) { // deadlocks, too
      return conflict(
          CONCURRENT_CHANGE, "Another request changed the document at the same time; try again.");
    }
    if (failure instanceof DataIntegrityViolationException) {
      return violation(failure);
    }
    if (failure instanceof TransactionSystemException && hasState(failure, LOST)) {
      return new ServiceUnavailableException(
          "The connection to the database was lost; it is unknown whether the change was saved.",
          RETRY_AFTER);
    }
    if (failure instanceof TransientDataAccessException
        || failure instanceof DataAccessResourceFailureException
        || failure instanceof CannotCreateTransactionException
        || hasState(failure, UNAVAILABLE)) {
      return new ServiceUnavailableException("The database is unavailable.", RETRY_AFTER);
    }
    return null;
  }

  /**
   * Whether an SQLSTATE in the chain of causes has one of the prefixes. Spring does not translate
   * all of them.
   */
  private static boolean hasState(Throwable failure, List<String> prefixes) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
      if (state != null && prefixes.stream().anyMatch(state::startsWith)) {
        return true;
      }
    }
    return false;
  }

  /** Handles violations that no service has handled. */
  private static ErrorResponseException violation(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
        return conflict("conflict", "The values conflict with stored ones.");
      }
      if (cause instanceof SQLException sql && FOREIGN_KEY_VIOLATION.equals(sql.getSQLState())) {
        return conflict(CONCURRENT_CHANGE, "Another request deleted the parent at the same time.");
      }
    }
    return problem(
        HttpStatus.BAD_REQUEST, Problems.VALIDATION_FAILED, "The database rejected the values.");
  }

  private static ErrorResponseException conflict(String type, String detail) {
    return problem(HttpStatus.CONFLICT, type, detail);
  }

  private static ErrorResponseException problem(HttpStatus status, String type, String detail) {
    return new ErrorResponseException(status, Problems.of(status, type, detail), null);
  }
}
