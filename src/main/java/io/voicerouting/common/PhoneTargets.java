package io.voicerouting.common;

import java.util.regex.Pattern;

/** The forms of numbers and addresses that can be called. A text may have more than one form. */
public final class PhoneTargets {

  /** Pattern of extension numbers, for annotations. */
  public static final String EXTENSION_NUMBER = "[0-9*#+]{1,16}";

  /** The same pattern for JSON Schema, where a pattern may match anywhere. */
  public static final String EXTENSION_NUMBER_SCHEMA = "^" + EXTENSION_NUMBER + "$";

  private static final int LONGEST_SIP_URI = 255;

  private static final Pattern EXTENSION = Pattern.compile(EXTENSION_NUMBER);
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");

  /** RFC 3261, section 19.1: user, host, port; parameters and headers are not parsed. */
  private static final Pattern SIP_URI =
      Pattern.compile(
          "(?i)sips?:(?:[a-z0-9\\-_.!~*'()&=+$,;?/%:]+@)?"
              + "(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\\.?|\\[[0-9a-f:.]+])"
              + "(?::[0-9]{1,5})?(?:[;?][\\x21-\\x7e]*)?");

  private PhoneTargets() {}

  /** Whether the text is an extension number. */
  public static boolean isExtensionNumber(String text) {
    return EXTENSION.matcher(text).matches();
  }

  /** Whether the text is an E.164 number with its plus sign, such as {@code +15550100}. */
  public static boolean isE164(String text) {
    return E164.matcher(text).matches();
  }

  /** Whether the text is a {@code sip:} or {@code sips:} URI of at most 255 characters. */
  public static boolean isSipUri(String text) {
    return text.length() <= LONGEST_SIP_URI && SIP_URI.matcher(text).matches();
  }
}
