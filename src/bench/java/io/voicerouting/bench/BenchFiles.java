package io.voicerouting.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where things are; commands run in the project's directory. */
final class BenchFiles {

  /** What the commands leave behind. */
  static final Path TARGET = Path.of("target", "bench");

  /** Figures and pictures that are kept. */
  static final Path KEPT = Path.of("bench");

  /** Output of the services. */
  static final Path LOGS = TARGET.resolve("logs");

  private BenchFiles() {}

  /** The Java that runs this, which is also that of the services. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Runs a Java program to its end. */
  static void runJava(String... arguments) throws IOException {
    ProcessBuilder program = new ProcessBuilder(java()).inheritIO();
    program.command().addAll(List.of(arguments));
    try {
      int exit = program.start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException(program.command() + " ended with " + exit);
      }
    } catch (InterruptedException e) {
      throw ServiceProcess.interrupted(e);
    }
  }

  /** The packaged service. */
  static Path jar() {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> jars =
          files
              .filter(file -> file.getFileName().toString().matches("voice-routing-cache-.*\\.jar"))
              .toList();
      if (jars.size() != 1) {
        throw new IllegalStateException("Packaged services in target: " + jars + " (expected: 1)");
      }
      return jars.getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Jars that the packaged service is given to run as a baseline. */
  static String baselines() {
    return TARGET.resolve("baselines").toString();
  }

  static Path log(String name) {
    return directory(LOGS).resolve(name + ".log");
  }

  static Path directory(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Flags of every JVM that is measured. */
  static List<String> flags() {
    return List.of("-Xmx1g", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED");
  }
}
