package io.voicerouting.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of its own, with an empty database of the service's that survives restarts. */
public final class PostgresInstance extends ServerProcess {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final String SUPERUSER = "postgres";

  private Path data;
  private @Nullable EmbeddedPostgres server;

  private PostgresInstance() {
    super("postgres");
    data = directory();
  }

  static PostgresInstance start() {
    PostgresInstance postgres = new PostgresInstance();
    postgres.launchOnFreePort();
    return postgres;
  }

  /** JDBC URL of the service's database. */
  public String jdbcUrl() {
    return ServiceDatabase.jdbcUrl(host(), port());
  }

  /** A role that owns the database and is no superuser. */
  public String username() {
    return ServiceDatabase.USERNAME;
  }

  /** The role's password. */
  public String password() {
    return ServiceDatabase.PASSWORD;
  }

  /**
   * Restarts the server as a standby, with what it had stored, or as the primary it was: a standby
   * can be read, and takes no writes.
   */
  public void restart(boolean standby) {
    kill();
    try {
      Path signal = data.resolve("standby.signal");
      Files.deleteIfExists(signal);
      if (standby) {
        Files.createFile(signal);
      }
    } catch (IOException refusal) {
      throw new UncheckedIOException(refusal);
    }
    restart();
  }

  /**
   * Takes connections from clients over TLS only, with the certificate that the files have now.
   *
   * @param files whose trusted authorities have issued the certificate
   */
  public void requireTls(TlsFiles files) {
    EmbeddedPostgres running = Objects.requireNonNull(server);
    try (Connection connection = running.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter system set ssl_cert_file = '" + files.certificate() + "'");
      statement.execute("alter system set ssl_key_file = '" + files.key() + "'");
      statement.execute("alter system set ssl = on");
      Files.writeString(data.resolve("pg_hba.conf"), "hostssl all all all trust\n");
      statement.execute("select pg_reload_conf()");
    } catch (SQLException | IOException refusal) {
      throw new IllegalStateException(refusal);
    }
    String url = jdbcUrl() + "?sslmode=verify-full&sslrootcert=" + files.trusted();
    Conditions.await(this + " has the certificate", () -> accepts(url));
  }

  private boolean accepts(String url) {
    try (Connection connection = DriverManager.getConnection(url, username(), password())) {
      return connection.isValid(1);
    } catch (SQLException refusal) {
      return false;
    }
  }

  /** Ends all connections of the service's role. */
  public void disconnectService() {
    try (Connection connection =
            Objects.requireNonNull(server).getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
              + username()
              + "'");
    } catch (SQLException refusal) {
      throw new IllegalStateException(refusal);
    }
  }

  @Override
  Path pidFile() {
    return data.resolve("postmaster.pid");
  }

  @Override
  void prepare(int attempt) {
    data = directory().resolve("data-" + attempt); // a server that failed to start locks its data
  }

  @Override
  void launch() throws IOException {
    EmbeddedPostgres former = server;
    if (former != null) {
      former.close(); // gives up its lock on the data
    }
    Redirect log = Redirect.appendTo(directory().resolve("postgres.log").toFile());
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(START_TIMEOUT)
            .setPort(port())
            .setServerConfig("synchronous_commit", "on") // what was acknowledged outlives a kill
            .setOutputRedirector(log)
            .setErrorRedirector(log)
            .start();
    if (former == null) {
      ServiceDatabase.create(server.getJdbcUrl(SUPERUSER, SUPERUSER), SUPERUSER, "");
    }
  }
}
