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

/** What a failure at the database means for the caller. */
final class DataProblems {

  private static final String CONCURRENT_CHANGE = "concurrent-change";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  /** How an SQLSTATE begins: connection, shutdown. */
  private static final List<String> LOST = List.of("08", "57P");

  /** Those, and too little of something, such as disk, and a primary that takes no writes. */
  private static final List<String> AWAY = List.of("08", "57P", "53", "25006");

  private DataProblems() {}

  /** The problem to answer with; null when it is a fault of ours. */
  static @Nullable ErrorResponseException translate(Throwable failure) {
    if (failure instanceof ConcurrencyFailureException) { // a deadlock, too
      return conflict(
          CONCURRENT_CHANGE, "Somebody else changed the document at the same time; try again.");
    }
    if (failure instanceof DataIntegrityViolationException) {
      return violation(failure);
    }
    if (failure instanceof TransactionSystemException && hasState(failure, LOST)) {
      return new ServiceUnavailableException(
          "The database went away; it is not known whether the change was saved.", RETRY_AFTER);
    }
    if (failure instanceof TransientDataAccessException
        || failure instanceof DataAccessResourceFailureException
        || failure instanceof CannotCreateTransactionException
        || hasState(failure, AWAY)) {
      return new ServiceUnavailableException("The database cannot be asked now.", RETRY_AFTER);
    }
    return null;
  }

  /**
   * Whether an SQLSTATE in the chain begins so: Spring has no name for each, nor for what happens
   * while a statement runs.
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

  /** Services name the conflicts they know; this is for whatever slips through. */
  private static ErrorResponseException violation(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
        return conflict("conflict", "Something like it is stored already.");
      }
      if (cause instanceof SQLException sql && FOREIGN_KEY_VIOLATION.equals(sql.getSQLState())) {
        return conflict(
            CONCURRENT_CHANGE, "Somebody else deleted what it belongs to at the same time.");
      }
    }
    return problem(
        HttpStatus.BAD_REQUEST, Problems.VALIDATION_FAILED, "The database refused the values.");
  }

  private static ErrorResponseException conflict(String slug, String detail) {
    return problem(HttpStatus.CONFLICT, slug, detail);
  }

  private static ErrorResponseException problem(HttpStatus status, String slug, String detail) {
    return new ErrorResponseException(status, Problems.of(status, slug, detail), null);
  }
}
