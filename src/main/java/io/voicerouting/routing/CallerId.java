package io.voicerouting.routing;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * The caller of a call, in whatever form a platform sends it. No form rejects the call: what cannot
 * be shown is removed.
 */
public final class CallerId {

  /** Longest caller in an answer, in characters. */
  public static final int LONGEST = 255;

  private CallerId() {}

  /**
   * Removes control characters, unpaired surrogates, and white space around the text, and shortens
   * it to {@link #LONGEST} characters.
   *
   * @return null if nothing is left
   */
  public static @Nullable String clean(@Nullable String text) {
    if (text == null || isPlain(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints().filter(CallerId::isVisible).forEach(shown::appendCodePoint);
    String stripped = shown.toString().strip();
    if (stripped.isEmpty()) {
      return null;
    }
    return stripped.codePointCount(0, stripped.length()) <= LONGEST
        ? stripped
        : stripped.substring(0, stripped.offsetByCodePoints(0, LONGEST)).stripTrailing();
  }

  private static boolean isPlain(String text) {
    int length = text.length();
    if (length == 0 || length > LONGEST) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char character = text.charAt(i);
      if (character <= ' ' || character >= '\u007f') {
        return false;
      }
    }
    return true;
  }

  private static boolean isVisible(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }

  /** Reads a string or a number as text, and anything else as null. */
  public static final class Deserializer extends StdDeserializer<String> {

    Deserializer() {
      super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
      JsonNode value = context.readTree(parser);
      return value.isString() || value.isNumber() ? value.asString() : null;
    }
  }
}
