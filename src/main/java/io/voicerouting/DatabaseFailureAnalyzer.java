package io.voicerouting;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one line that PostgreSQL could not be reached at start. */
class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, SQLException failure) {
    SQLException reason = failure;
    boolean connecting = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException deeper) {
        reason = deeper;
        connecting |= isOfConnecting(deeper);
      }
    }
    return connecting
        ? new FailureAnalysis(
            "PostgreSQL cannot be asked: " + reason.getMessage(),
            "Check DB_HOST, DB_PORT, DB_DATABASE, DB_USERNAME and DB_PASSWORD, and that PostgreSQL"
                + " runs there.",
            failure)
        : null;
  }

  /** By class of SQLSTATE: connection, authorization, unknown database, not now, too many. */
  private static boolean isOfConnecting(SQLException failure) {
    String state = failure.getSQLState();
    return failure instanceof SQLTransientConnectionException
        || (state != null && state.matches("(08|28|3D|57P|53).*"));
  }
}
