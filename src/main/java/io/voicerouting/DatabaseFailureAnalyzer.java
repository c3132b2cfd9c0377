package io.voicerouting;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports in two lines that PostgreSQL refused or did not answer at start, and what to check. */
class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException reason) {
        String action = actionFor(reason);
        if (action != null) {
          return new FailureAnalysis(
              "PostgreSQL cannot be used: " + deepest(reason).getMessage(), action, failure);
        }
      }
    }
    return null;
  }

  /** Returns what to do, by the class of the SQLSTATE; null if the set-up is not the cause. */
  private static @Nullable String actionFor(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    if (state.startsWith("28")) {
      return "Check DB_USERNAME and DB_PASSWORD, and PostgreSQL's pg_hba.conf.";
    }
    if (state.startsWith("3D")) {
      return "Create the database, or correct DB_DATABASE.";
    }
    if (state.startsWith("53")) {
      return "Raise max_connections or the role's connection limit: each instance needs up to"
          + " spring.datasource.hikari.maximum-pool-size connections and two more.";
    }
    if (state.equals("42501")) {
      return "Grant the role what it lacks, or name a role that owns the tables in"
          + " spring.flyway.user and spring.flyway.password.";
    }
    boolean unreachable = state.startsWith("08") || state.startsWith("57P");
    return unreachable || failure instanceof SQLTransientConnectionException
        ? "Check DB_HOST and DB_PORT, and that a PostgreSQL primary runs there."
        : null;
  }

  private static SQLException deepest(SQLException failure) {
    SQLException deepest = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException deeper) {
        deepest = deeper;
      }
    }
    return deepest;
  }
}
