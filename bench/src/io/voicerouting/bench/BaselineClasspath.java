package io.voicerouting.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The classes that the packaged service loads when it runs as a baseline: the baselines themselves
 * and JetCache. Other classes of the benchmarks and tests stay out of its component scan.
 */
final class BaselineClasspath {

  private BaselineClasspath() {}

  /**
   * Copies the baselines; returns the value of {@code loader.path}. They are not packed into a jar,
   * because the component scan finds no package whose parents have no entries of their own.
   */
  static String create() {
    Path copies = ServiceProcess.directory("baselines");
    copy("io/voicerouting/bench/baseline", copies);
    copy("io/voicerouting/businesshours/EntitySchedules.class", copies);
    String[] classpath = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    return Stream.concat(
            Stream.of(copies.toString()),
            Arrays.stream(classpath).filter(BaselineClasspath::isJetCache))
        .collect(Collectors.joining(","));
  }

  private static void copy(String part, Path target) {
    Path source = Path.of("target", "test-classes").resolve(part);
    try {
      FileSystemUtils.deleteRecursively(target.resolve(part));
      Files.createDirectories(Objects.requireNonNull(target.resolve(part).getParent()));
      FileSystemUtils.copyRecursively(source, target.resolve(part));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isJetCache(String file) {
    return file.contains("/com/alicp/jetcache/") || file.contains("/com/alibaba/fastjson2/");
  }
}
