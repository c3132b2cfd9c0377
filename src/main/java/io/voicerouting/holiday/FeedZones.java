package io.voicerouting.holiday;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.TimeZones;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The time zones that events name: IANA's, with a prefix such as {@code /example.org/} or without,
 * and those of Windows. Zones that a feed defines itself are not read.
 */
final class FeedZones {

  /** Windows names and the zones that Windows uses by default for them. */
  private static final Map<String, String> WINDOWS = readWindowsNames();

  private FeedZones() {}

  /**
   * Resolves a name.
   *
   * @throws InvalidCalendarException if it is unknown
   */
  static ZoneId resolve(String name) {
    String known = find(name);
    if (known == null) {
      throw new InvalidCalendarException(
          "names time zone " + FieldError.describe(name, "a zone of IANA or Windows"));
    }
    return TimeZones.resolve(known);
  }

  private static @Nullable String find(String name) {
    String windows = WINDOWS.get(name);
    if (windows != null) {
      return windows;
    }
    String rest = name;
    while (!TimeZones.names().contains(rest)) {
      int slash = rest.indexOf('/');
      if (slash < 0 || name.charAt(0) != '/') {
        return null;
      }
      rest = rest.substring(slash + 1);
    }
    return rest;
  }

  private static Map<String, String> readWindowsNames() {
    try (InputStream file = FeedZones.class.getResourceAsStream("windows-zones.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("=", -1))
          .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
