package io.voicerouting.platform;

import io.voicerouting.common.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with places for values, such as {@code user/{extension}@${domain_name}}. Only a name in
 * braces without a dollar sign is a place; everything else is for the platform.
 */
final class Template {

  private static final Pattern PLACE = Pattern.compile("(?<!\\$)\\{([a-z_]+)}");

  /** Texts and names of values in turn, beginning and ending with a text. */
  private final List<String> parts;

  private Template(List<String> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Parses a template.
   *
   * @param setting name of the setting, for the message
   * @param names the values that it may have places for
   * @throws IllegalArgumentException if it names another value or has control characters
   */
  static Template parse(String setting, String text, Set<String> names) {
    List<String> parts = new ArrayList<>();
    Matcher place = PLACE.matcher(text);
    int end = 0;
    boolean valid = text.chars().noneMatch(Character::isISOControl);
    while (place.find()) {
      valid = valid && names.contains(place.group(1));
      parts.add(text.substring(end, place.start()));
      parts.add(place.group(1));
      end = place.end();
    }
    parts.add(text.substring(end));
    if (!valid) {
      throw new IllegalArgumentException(
          setting
              + ": "
              + FieldError.describe(
                  text,
                  "one line in which the only names in braces are "
                      + String.join(", ", new TreeSet<>(names))));
    }
    return new Template(parts);
  }

  /** Whether the platform has no such action. */
  boolean isEmpty() {
    return parts.equals(List.of(""));
  }

  /** Whether there is a place for this value. */
  boolean uses(String name) {
    for (int i = 1; i < parts.size(); i += 2) {
      if (parts.get(i).equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The values of a decision. */
  @FunctionalInterface
  interface Values {

    /**
     * Returns a value as it is inserted.
     *
     * @param whole whether nothing stands beside it in the template or in its XML element
     * @return null if it must not be inserted
     */
    @Nullable String get(String name, boolean whole);
  }

  /**
   * Inserts values.
   *
   * @return null if a value must not be inserted, or if the template is empty
   */
  @Nullable String expand(Values values) {
    if (isEmpty()) {
      return null;
    }
    StringBuilder text = new StringBuilder(parts.getFirst());
    for (int i = 1; i < parts.size(); i += 2) {
      String value = values.get(parts.get(i), isWhole(i));
      if (value == null) {
        return null;
      }
      text.append(value).append(parts.get(i + 1));
    }
    return text.toString();
  }

  private boolean isWhole(int place) {
    String before = parts.get(place - 1);
    String after = parts.get(place + 1);
    return (before.isEmpty() || before.endsWith(">")) && (after.isEmpty() || after.startsWith("<"));
  }
}
