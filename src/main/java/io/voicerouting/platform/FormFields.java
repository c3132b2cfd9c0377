package io.voicerouting.platform;

import io.voicerouting.common.UrlText;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of a form or query that an adapter reads. Other fields are not decoded: there
 * may be hundreds, and callers choose the names of some, which need not be valid.
 */
final class FormFields {

  private final Set<String> names;

  /** Bit n is set if a name has n characters. */
  private final long lengths;

  FormFields(String... names) {
    this.names = Set.of(names);
    long found = 0;
    for (String name : names) {
      found |= 1L << name.length();
    }
    this.lengths = found;
  }

  /**
   * Returns the decoded values of the fields that are there, by name. The first of several values
   * counts.
   *
   * @param encoded null if there is none
   */
  Map<String, String> find(@Nullable String encoded) {
    Map<String, String> values = new HashMap<>();
    int start = 0;
    while (encoded != null && start < encoded.length()) {
      int end = encoded.indexOf('&', start);
      if (end < 0) {
        end = encoded.length();
      }
      int equals = encoded.indexOf('=', start, end);
      if (equals > 0 && mayBeWanted(equals - start)) {
        String name = encoded.substring(start, equals);
        if (names.contains(name)) {
          values.putIfAbsent(name, UrlText.decode(encoded.substring(equals + 1, end)));
        }
      }
      start = end + 1;
    }
    return values;
  }

  private boolean mayBeWanted(int length) {
    return length < Long.SIZE && (lengths >>> length & 1) == 1;
  }
}
