package io.voicerouting.routing.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses the query of a call. The servlet container refuses a query with invalid percent-encoding;
 * here it is read as far as possible, because a caller in an odd form must not reject the call.
 */
final class CallQuery {

  private static final int HEX = 16;

  private CallQuery() {}

  /**
   * Parses a query. Bytes that are no UTF-8 become U+FFFD, and a percent sign that encodes nothing
   * stays. A blank before the digits of {@code to} and {@code from} is the plus sign of a number,
   * which was not encoded.
   *
   * @param query without its question mark; null if there is none
   */
  static Map<String, String[]> parse(@Nullable String query) {
    Map<String, String[]> parameters = new HashMap<>();
    if (query == null) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      String[] values = {name.equals("to") || name.equals("from") ? restorePlus(value) : value};
      parameters.merge(name, values, CallQuery::concatenate);
    }
    return parameters;
  }

  private static String restorePlus(String value) {
    boolean number = value.length() > 1 && value.charAt(0) == ' ' && isDigit(value.charAt(1));
    return number ? '+' + value.substring(1) : value;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static String[] concatenate(String[] first, String[] second) {
    String[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int next = 0;
    while (next < text.length()) {
      char character = text.charAt(next);
      int encoded = character == '%' ? encodedByte(text, next) : -1;
      if (encoded >= 0) {
        bytes.write(encoded);
        next += 3;
      } else {
        bytes.write(character == '+' ? ' ' : character);
        next++;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
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
