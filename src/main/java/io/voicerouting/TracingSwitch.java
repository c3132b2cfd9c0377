package io.voicerouting;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves tracing out unless traces are exported. Boot's own switch stops the export alone: each
 * request would still be observed, which takes longer than the lookups of a call.
 */
final class TracingSwitch implements AutoConfigurationImportFilter, EnvironmentAware {

  /** Where traces are sent; unset or empty for nowhere. */
  static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

  private static final String TRACING = "org.springframework.boot.micrometer.tracing.";
  private static final String SDK = "org.springframework.boot.opentelemetry.autoconfigure.";

  /** Never used: logs are written to standard output. */
  private static final String LOGGING = SDK + "logging.";

  private @Nullable Environment environment;

  @Override
  public void setEnvironment(Environment current) {
    environment = current;
  }

  @Override
  public boolean[] match(@Nullable String[] names, AutoConfigurationMetadata metadata) {
    boolean on = environment != null && !environment.getProperty(ENDPOINT, "").isBlank();
    boolean[] matches = new boolean[names.length];
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      matches[i] = name == null || isWanted(name, on);
    }
    return matches;
  }

  private static boolean isWanted(String name, boolean on) {
    boolean tracing = name.startsWith(TRACING) || name.startsWith(SDK);
    return !tracing || (on && !name.startsWith(LOGGING));
  }
}
