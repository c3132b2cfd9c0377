package io.voicerouting.extension;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a configuration that are set. */
final class ConfigurationMembers {

  private ConfigurationMembers() {}

  /**
   * Removes members that are null or empty strings, which mean "not set". Members of other objects
   * inside the configuration stay.
   *
   * @return null for null
   */
  static @Nullable Map<String, @Nullable Object> withoutUnset(
      @Nullable Map<String, @Nullable Object> configuration) {
    if (configuration == null
        || configuration.values().stream().noneMatch(ConfigurationMembers::isUnset)) {
      return configuration;
    }
    Map<String, @Nullable Object> set = new LinkedHashMap<>(configuration);
    set.values().removeIf(ConfigurationMembers::isUnset);
    return set;
  }

  private static boolean isUnset(@Nullable Object value) {
    return value == null || value.equals("");
  }
}
