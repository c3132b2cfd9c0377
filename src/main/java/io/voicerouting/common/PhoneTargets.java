package io.voicerouting.common;

import java.util.regex.Pattern;

/** The forms of numbers and addresses that can be called. A text may have more than one form. */
public final class PhoneTargets {

  /** Pattern of extension numbers, for annotations. */
  public static final String EXTENSION_NUMBER = "[0-9*#+]{1,16}";

  /** The same pattern for JSON Schema, where a pattern may match anywhere. */
  public static final String EXTENSION_NUMBER_SCHEMA = "^" + EXTENSION_NUMBER + "$";

  /** The pattern of E.164 numbers for JSON Schema. */
  public static final String E164_SCHEMA = "^\\+[1-9][0-9]{1,14}$";

  private static final int SHORTEST_E164 = "+12".length();
  private static final int LONGEST_E164 = "+123456789012345".length();
  private static final int LONGEST_SIP_URI = 255;

  private static final int LONGEST_EXTENSION = 16;

  /** RFC 3261, section 19.1: user, host, port; parameters and headers are not parsed. */
  private static final Pattern SIP_URI =
      Pattern.compile(
          "(?i)sips?:(?:[a-z0-9\\-_.!~*'()&=+$,;?/%:]+@)?"
              + "(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\\.?|\\[[0-9a-f:.]+])"
              + "(?::[0-9]{1,5})?(?:[;?][\\x21-\\x7e]*)?");

  private PhoneTargets() {}

  /** Whether the text is an extension number. */
  public static boolean isExtensionNumber(String text) {
    int length = text.length();
    if (length == 0 || length > LONGEST_EXTENSION) {
      return false;
    }
    for (int i = 0; i < length; i++) { // several times a call: a pattern would take longer
      char key = text.charAt(i);
      if ((key < '0' || key > '9') && key != '*' && key != '#' && key != '+') {
        return false;
      }
    }
    return true;
  }

  /** Whether the text is an E.164 number with its plus sign, such as {@code +15550100}. */
  public static boolean isE164(String text) {
    int length = text.length();
    if (length < SHORTEST_E164 || length > LONGEST_E164 || text.charAt(0) != '+') {
      return false;
    }
    for (int i = 1; i < length; i++) { // without a pattern, as above
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return false;
      }
    }
    return text.charAt(1) != '0';
  }

  /** Whether the text is a {@code sip:} or {@code sips:} URI of at most 255 characters. */
  public static boolean isSipUri(String text) {
    return text.length() <= LONGEST_SIP_URI && SIP_URI.matcher(text).matches();
  }
}
