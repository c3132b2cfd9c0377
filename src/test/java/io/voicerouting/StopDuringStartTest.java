package io.voicerouting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.Patience;
import io.voicerouting.testing.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to stop while it waits for a database that never answers. */
class StopDuringStartTest {

  private static final int TERMINATED = 143;

  @TempDir private Path directory;

  @Test
  void endsAtOnceAndSaysNothing() throws IOException, InterruptedException {
    Path log = directory.resolve("service.log");
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      silent.setSoTimeout(Math.toIntExact(Patience.LIMIT.toMillis()));
      Process service = start(silent.getLocalPort(), log);
      try (Socket connection = silent.accept()) {
        service.destroy();

        assertThat(service.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
            .as("%s ended while %s was open", service, connection)
            .isTrue();
      } finally {
        service.destroyForcibly();
      }
      assertThat(service.exitValue()).isEqualTo(TERMINATED);
    }
    assertThat(Files.readString(log, UTF_8))
        .contains("Starting VoiceRoutingApplication")
        .doesNotContain("WARN", "ERROR", "\tat ");
  }

  private static Process start(int databasePort, Path log) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            VoiceRoutingApplication.class.getName(),
            "--server.port=0",
            ("--spring.datasource.url=jdbc:postgresql://localhost:%d/voice_routing"
                    + "?sslmode=disable&gssEncMode=disable")
                .formatted(databasePort),
            "--routing.security.platform-token=" + TestTokens.PLATFORM,
            "--routing.security.admin-token=" + TestTokens.ADMIN,
            "--routing.security.ops-token=" + TestTokens.OPS);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
