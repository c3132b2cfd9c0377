package io.voicerouting.extension;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An extension as APIs and the cache show it.
 *
 * @param extensionNumber what callers dial, {@code [0-9*#+]{1,16}}
 * @param displayName name shown on phones; null when none was given
 * @param configuration settings by type, as stored; other applications may have written anything
 */
public record ExtensionView(
    long id,
    long version,
    Instant createdAt,
    Instant updatedAt,
    long organizationId,
    String extensionNumber,
    ExtensionType type,
    ExtensionStatus status,
    @Nullable String displayName,
    boolean voicemailEnabled,
    @Nullable Map<String, @Nullable Object> configuration) {

  /** Copies the configuration, whose values may be null. */
  public ExtensionView {
    if (configuration != null) {
      configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
    }
  }
}
