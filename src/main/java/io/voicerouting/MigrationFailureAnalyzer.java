package io.voicerouting;

import org.flywaydb.core.api.FlywayException;
import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Reports in two lines that a migration failed, that the recorded migrations are not the service's,
 * or that tables were changed by somebody else.
 */
class MigrationFailureAnalyzer implements FailureAnalyzer {

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FlywayException || cause instanceof SchemaManagementException) {
        return new FailureAnalysis(
            "The tables in PostgreSQL cannot be used: " + inOneLine(cause),
            "If another application has changed this schema, give the service a schema of its own"
                + " (spring.datasource.hikari.schema); else restore a backup, or use the version"
                + " of the service that made the tables.",
            failure);
      }
    }
    return null;
  }

  /** Flyway's messages have several lines, and some are underlined. */
  private static String inOneLine(Throwable failure) {
    return String.valueOf(failure.getMessage())
        .replaceAll("-{3,}", "")
        .strip()
        .replaceAll("\\s+", " ");
  }
}
