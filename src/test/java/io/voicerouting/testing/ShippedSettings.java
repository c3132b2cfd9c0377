package io.voicerouting.testing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;
import org.springframework.util.unit.DataSize;

/**
 * The JVM options and the limits of the image: what {@code ops/jvm.options}, {@code Dockerfile} and
 * {@code docker-compose.yml} contain. Paths are relative to the project's directory.
 */
public final class ShippedSettings {

  /** The file of JVM options that the image uses, an argument file of {@code java}. */
  public static final Path JVM_OPTIONS = Path.of("ops", "jvm.options");

  private static final Pattern ENVIRONMENT = Pattern.compile("(?m)^ENV (\\w+)=\"?([^\"\\s]+)\"?$");

  private static final String MEMORY = "services.service.deploy.resources.limits.memory";

  private ShippedSettings() {}

  /** The options of {@link #JVM_OPTIONS} without its comments. */
  public static List<String> jvmOptions() {
    return read(JVM_OPTIONS)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  /** The environment variables that the image sets. */
  public static Map<String, String> environment() {
    return ENVIRONMENT
        .matcher(read(Path.of("Dockerfile")))
        .results()
        .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
  }

  /** The memory limit of the service's container. */
  public static DataSize memoryLimit() {
    YamlPropertiesFactoryBean compose = new YamlPropertiesFactoryBean();
    compose.setResources(new FileSystemResource("docker-compose.yml"));
    return size(requireNonNull(requireNonNull(compose.getObject()).getProperty(MEMORY)));
  }

  /** A size as Docker and the JVM write it, such as {@code 64m}. */
  public static DataSize size(String text) {
    return DataSize.parse(text.matches("\\d+") ? text : text.toUpperCase(Locale.ROOT) + "B");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
