package io.voicerouting.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerHomeTest {

  private static final ProcessIdentity THIS_JVM = ProcessIdentity.of(ProcessHandle.current());
  private static final ProcessIdentity GONE =
      new ProcessIdentity(THIS_JVM.pid(), THIS_JVM.start().minus(Duration.ofHours(1)));

  @TempDir private Path base;
  private Process server;

  @BeforeEach
  void startServer() throws IOException {
    server = new ProcessBuilder("sleep", "60").start();
  }

  @AfterEach
  void endServer() {
    server.destroyForcibly();
  }

  @Test
  void endsServersWhoseOwnerIsGoneAndRemovesTheirData() throws Exception {
    ServerHome home = ServerHome.create(base, "redis", GONE);
    home.recordServer(server.toHandle());
    Files.writeString(home.directory().resolve("data"), "data");

    ServerHome.removeLeftovers(base);

    assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void keepsServersWhoseOwnerIsRunning() {
    ServerHome home = ServerHome.create(base, "redis", THIS_JVM);
    home.recordServer(server.toHandle());

    ServerHome.removeLeftovers(base);

    assertThat(server.isAlive()).isTrue();
    assertThat(home.directory()).isDirectory();
    assertThat(home.record()).isRegularFile();
  }

  @Test
  void neverEndsAnotherProcessThatGotTheServersNumber() throws IOException {
    ServerHome home = ServerHome.create(base, "redis", GONE);
    Properties entries = new Properties();
    entries.setProperty("owner", GONE.toString());
    entries.setProperty("server", server.pid() + "@2020-01-01T00:00:00Z");
    try (var writer = Files.newBufferedWriter(home.record())) {
      entries.store(writer, null);
    }

    ServerHome.removeLeftovers(base);

    assertThat(server.isAlive()).isTrue();
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void removesTheHomeOfAServerThatNeverStarted() {
    ServerHome.create(base, "postgres", GONE);

    ServerHome.removeLeftovers(base);

    assertThat(base).isEmptyDirectory();
  }
}
