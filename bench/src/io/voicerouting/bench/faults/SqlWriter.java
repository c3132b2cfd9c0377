package io.voicerouting.bench.faults;

import io.voicerouting.testing.PostgresInstance;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes by SQL, as another application does. */
final class SqlWriter extends DocumentWriter {

  private static final String EXTENSION =
      "update extensions set configuration = jsonb_build_object('forward_to', ?) where id = ?";
  private static final String SCHEDULE =
      "update business_hours_schedules set name = ? where id = ?";

  private final PostgresInstance postgres;
  private @Nullable Connection connection;

  SqlWriter(List<VersionedDocument> documents, PostgresInstance postgres) {
    super(documents, VersionedDocument.WritePath.SQL);
    this.postgres = postgres;
  }

  @Override
  Outcome write(VersionedDocument document, int version) {
    boolean schedule = document.isSchedule();
    try (PreparedStatement statement =
        connection().prepareStatement(schedule ? SCHEDULE : EXTENSION)) {
      statement.setString(
          1, schedule ? VersionedDocument.name(version) : VersionedDocument.phoneNumber(version));
      statement.setLong(2, document.id());
      statement.executeUpdate();
      return Outcome.SAVED;
    } catch (SQLException e) {
      connection = null;
      return Outcome.UNKNOWN;
    }
  }

  private Connection connection() throws SQLException {
    Connection current = connection;
    if (current == null) {
      String url = postgres.jdbcUrl() + "?connectTimeout=2&socketTimeout=3";
      current = DriverManager.getConnection(url, postgres.username(), postgres.password());
      connection = current;
    }
    return current;
  }
}
