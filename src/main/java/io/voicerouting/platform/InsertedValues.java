package io.voicerouting.platform;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a decision may be inserted into an answer. Platforms expand, split and execute
 * their instructions, and the values come from rows that any application may have written.
 *
 * @param uriCharacters what SIP URIs may have, beside what every value may have
 * @param escape quotes a value that becomes a part of a text, as its place in the answer needs it
 */
record InsertedValues(String uriCharacters, UnaryOperator<String> escape) {

  private static final String PUNCTUATION = "_.+*#@:-";

  /**
   * Returns a value as it is inserted; null if it must not be.
   *
   * @param whole whether it is a text of its own, such as the name of a conference
   */
  @Nullable String value(@Nullable String value, boolean whole) {
    if (value == null || !isSafe(value, "")) {
      return null;
    }
    return whole ? value : escape.apply(value);
  }

  /** Returns a SIP URI as it is inserted; null if it must not be. */
  @Nullable String uri(String uri) {
    return isSafe(uri, uriCharacters) ? uri : null;
  }

  /** Whether the text has nothing but letters, digits, {@code _.+*#@:-} and these characters. */
  static boolean isSafe(String text, String more) {
    for (int i = 0; i < text.length(); i++) {
      if (!isSafe(text.charAt(i), more)) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isSafe(char character, String more) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || PUNCTUATION.indexOf(character) >= 0
        || more.indexOf(character) >= 0;
  }
}
