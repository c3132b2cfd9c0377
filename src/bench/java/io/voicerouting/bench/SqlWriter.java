package io.voicerouting.bench;

import io.voicerouting.testing.PostgresInstance;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes by SQL, as another application does. */
final class SqlWriter extends CellWriter {

  private static final String EXTENSION =
      "update extensions set configuration = jsonb_build_object('forward_to', ?) where id = ?";
  private static final String SCHEDULE =
      "update business_hours_schedules set name = ? where id = ?";

  private final PostgresInstance postgres;
  private @Nullable Connection connection;

  SqlWriter(List<WrittenCell> cells, PostgresInstance postgres) {
    super(cells, WrittenCell.Writer.SQL);
    this.postgres = postgres;
  }

  @Override
  Outcome write(WrittenCell cell, int version) {
    try (PreparedStatement statement =
        connection().prepareStatement(cell.isSchedule() ? SCHEDULE : EXTENSION)) {
      statement.setString(
          1,
          cell.isSchedule()
              ? Question.NAME_PREFIX + version
              : Question.PHONE_PREFIX + "%07d".formatted(version));
      statement.setLong(2, cell.id());
      statement.executeUpdate();
      return Outcome.SAVED;
    } catch (SQLException e) {
      connection = null; // it is broken, or ends with its process
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
