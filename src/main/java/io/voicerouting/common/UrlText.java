package io.voicerouting.common;

import java.nio.charset.StandardCharsets;

/**
 * Reads the encoded values of queries and forms. The servlet container refuses invalid
 * percent-encoding; here it is read as far as possible, because a value in an odd form must not
 * reject a call.
 */
public final class UrlText {

  private static final int HEX = 16;

  private UrlText() {}

  /**
   * Decodes a name or a value. Each character of the text is one byte of a request. Bytes that are
   * no UTF-8 become U+FFFD, and a percent sign that encodes nothing stays.
   */
  public static String decode(String text) {
    if (isPlain(text)) {
      return text;
    }
    byte[] bytes = new byte[text.length()];
    int length = 0;
    int next = 0;
    while (next < text.length()) {
      char character = text.charAt(next);
      int encoded = character == '%' ? encodedByte(text, next) : -1;
      if (encoded >= 0) {
        bytes[length++] = (byte) encoded;
        next += 3;
      } else {
        bytes[length++] = (byte) (character == '+' ? ' ' : character);
        next++;
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Replaces a blank before digits by the plus sign of a number, which was not encoded. */
  public static String restorePlus(String value) {
    boolean number = value.length() > 1 && value.charAt(0) == ' ' && isDigit(value.charAt(1));
    return number ? '+' + value.substring(1) : value;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  /** Whether every character stands for itself; others than ASCII are bytes of UTF-8. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '%' || character == '+' || character >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The byte that a percent sign and two digits encode, or -1. */
  private static int encodedByte(String text, int percent) {
    if (percent + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(percent + 1), HEX);
    int low = Character.digit(text.charAt(percent + 2), HEX);
    return high < 0 || low < 0 ? -1 : high * HEX + low;
  }
}
