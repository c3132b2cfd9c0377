package io.voicerouting.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;

/** Says when, where and how figures were taken. */
final class Machine {

  private static final long GIBIBYTE = 1L << 30;

  private Machine() {}

  /**
   * One line.
   *
   * @param command that anyone can repeat
   */
  static String describe(String command) {
    return "`%s` · %s · commit %s · %s processors (%s), %s GiB · Linux %s · JDK %s"
        .formatted(
            command,
            LocalDate.now(Clock.systemUTC()),
            commit(),
            Runtime.getRuntime().availableProcessors(),
            first("/proc/cpuinfo", "model name"),
            Math.round(
                (double) Long.parseLong(first("/proc/meminfo", "MemTotal").replaceAll("\\D", ""))
                    * 1024
                    / GIBIBYTE),
            System.getProperty("os.version"),
            Runtime.version());
  }

  /** What was measured; unknown where there is no Git. */
  private static String commit() {
    try {
      Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
      String commit = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
      return commit.isEmpty() ? "unknown" : commit;
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String first(String file, String field) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(field))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
