package io.voicerouting.routing.web;

import io.voicerouting.common.UrlText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses the query of a call. An odd form of the caller must not reject the call. */
final class CallQuery {

  private CallQuery() {}

  /**
   * Parses a query. A blank before the digits of {@code to} and {@code from} is the plus sign of a
   * number, which was not encoded.
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
      String name = UrlText.decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : UrlText.decode(pair.substring(equals + 1));
      boolean number = name.equals("to") || name.equals("from");
      String[] values = {number ? UrlText.restorePlus(value) : value};
      parameters.merge(name, values, CallQuery::concatenate);
    }
    return parameters;
  }

  private static String[] concatenate(String[] first, String[] second) {
    String[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
