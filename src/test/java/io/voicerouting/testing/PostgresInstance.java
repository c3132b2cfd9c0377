package io.voicerouting.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of its own, with an empty database of the service's that survives restarts. */
public final class PostgresInstance extends ServerProcess {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final String SUPERUSER = "postgres";

  private @Nullable EmbeddedPostgres server;

  private PostgresInstance() {
    super("postgres");
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

  @Override
  Path pidFile() {
    return data().resolve("postmaster.pid");
  }

  @Override
  void launch() throws IOException {
    EmbeddedPostgres former = server;
    if (former != null) {
      former.close(); // gives up its lock on the data
    }
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(START_TIMEOUT)
            .setPort(port())
            .start();
    if (former == null) {
      ServiceDatabase.create(server.getJdbcUrl(SUPERUSER, SUPERUSER), SUPERUSER, "");
    }
  }

  private Path data() {
    return directory().resolve("data");
  }
}
