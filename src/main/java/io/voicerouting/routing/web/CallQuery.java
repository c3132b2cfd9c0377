package io.voicerouting.routing.web;

import io.voicerouting.common.UrlText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query of a call. An odd form of the caller must not reject the call. */
final class CallQuery {

  /** As Spring does, a name is read with brackets if it is not there without. */
  private static final List<String> NAMES =
      List.of("to", "from", "direction", "at", "to[]", "from[]", "direction[]", "at[]");

  private static final int TO = 0;
  private static final int FROM = 1;
  private static final int DIRECTION = 2;
  private static final int AT = 3;
  private static final int BRACKETS = 4;

  private final @Nullable String[] values = new @Nullable String[NAMES.size()];

  private CallQuery() {}

  /**
   * Parses a query. A blank before the digits of {@code to} and {@code from} is the plus sign of a
   * number, which was not encoded. Repeated values are joined with commas, as Spring does.
   *
   * @param query without its question mark; null if there is none
   */
  static CallQuery parse(@Nullable String query) {
    CallQuery call = new CallQuery();
    int start = 0;
    while (query != null && start < query.length()) {
      int end = query.indexOf('&', start);
      if (end < 0) {
        end = query.length();
      }
      if (end > start) {
        call.add(query, start, end);
      }
      start = end + 1;
    }
    return call;
  }

  private void add(String query, int start, int end) {
    int equals = query.indexOf('=', start, end);
    int name = NAMES.indexOf(UrlText.decode(query.substring(start, equals < 0 ? end : equals)));
    if (name >= 0) {
      String value = equals < 0 ? "" : UrlText.decode(query.substring(equals + 1, end));
      if (name == TO || name == FROM) {
        value = UrlText.restorePlus(value);
      }
      String before = values[name];
      values[name] = before == null ? value : before + "," + value;
    }
  }

  private @Nullable String value(int name) {
    return values[name] == null ? values[name + BRACKETS] : values[name];
  }

  @Nullable String to() {
    return value(TO);
  }

  @Nullable String from() {
    return value(FROM);
  }

  @Nullable String direction() {
    return value(DIRECTION);
  }

  @Nullable String at() {
    return value(AT);
  }
}
