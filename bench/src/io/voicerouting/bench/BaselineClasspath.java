package io.voicerouting.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes that the packaged service loads when it runs as a baseline: the baselines themselves
 * and JetCache. Other classes of the benchmarks and tests stay out of its component scan.
 */
final class BaselineClasspath {

  private BaselineClasspath() {}

  /** Packs the baselines into a jar; returns the value of {@code loader.path}. */
  static String create() {
    String[] classpath = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    String classes = Path.of("target", "test-classes").toString();
    String jar = ServiceProcess.directory("baselines").resolve("baselines.jar").toString();
    int status =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.err,
                System.err,
                "--create",
                "--file=" + jar,
                "-C",
                classes,
                "io/voicerouting/bench/baseline",
                "-C",
                classes,
                "io/voicerouting/businesshours/EntitySchedules.class");
    if (status != 0) {
      throw new IllegalStateException("jar ended with status " + status);
    }
    return Stream.concat(
            Stream.of(jar), Arrays.stream(classpath).filter(BaselineClasspath::isJetCache))
        .collect(Collectors.joining(","));
  }

  private static boolean isJetCache(String file) {
    return file.contains("/com/alicp/jetcache/") || file.contains("/com/alibaba/fastjson2/");
  }
}
