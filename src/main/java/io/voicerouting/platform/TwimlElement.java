package io.voicerouting.platform;

import io.voicerouting.common.FieldError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One TwiML element with a text, such as {@code <Sip>sip:1001@acme.example</Sip>}.
 *
 * @param attributes in order
 */
record TwimlElement(String name, Map<String, String> attributes, String text) {

  private static final String CHARACTERS = "(?:[^<>&\"]|&amp;)*";

  private static final Pattern ATTRIBUTE = Pattern.compile(" ([A-Za-z]+)=\"(" + CHARACTERS + ")\"");

  private static final Pattern ELEMENT =
      Pattern.compile("<([A-Za-z]+)((?:" + ATTRIBUTE + ")*)>(" + CHARACTERS + ")</\\1>");

  /** What is dialled, and so stands in {@code <Dial>}; other elements are verbs. */
  private static final Set<String> NOUNS =
      Set.of("Application", "Client", "Conference", "Number", "Queue", "Service", "Sim", "Sip");

  /** Parses an element; null if the text is none. */
  static @Nullable TwimlElement parse(String xml) {
    Matcher element = ELEMENT.matcher(xml);
    if (!element.matches()) {
      return null;
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    Matcher attribute = ATTRIBUTE.matcher(element.group(2));
    while (attribute.find()) {
      attributes.put(attribute.group(1), unescape(attribute.group(2)));
    }
    return new TwimlElement(element.group(1), attributes, unescape(element.group(5)));
  }

  /**
   * Checks a template, before values are inserted, which have no characters of XML.
   *
   * @param setting name of the setting, for the message
   * @throws IllegalArgumentException if it is neither empty nor one element
   */
  static void check(String setting, String template) {
    if (!template.isEmpty() && parse(template) == null) {
      throw new IllegalArgumentException(
          setting
              + ": "
              + FieldError.describe(
                  template, "one TwiML element, such as <Sip>sip:{extension}@{domain}</Sip>"));
    }
  }

  /** Whether this stands in {@code <Dial>}. */
  boolean isNoun() {
    return NOUNS.contains(name);
  }

  private static String unescape(String text) {
    return text.replace("&amp;", "&");
  }
}
