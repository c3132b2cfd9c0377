package io.voicerouting.routing.web;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.common.UrlText;
import io.voicerouting.routing.CallDirection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query of a call. An invalid caller does not reject the call. */
final class CallQuery {

  /** If a name is missing, the name followed by brackets is read instead, as in Spring. */
  private static final List<String> NAMES =
      List.of("to", "from", "direction", "at", "to[]", "from[]", "direction[]", "at[]");

  private static final int TO = 0;
  private static final int FROM = 1;
  private static final int DIRECTION = 2;
  private static final int AT = 3;
  private static final int BRACKETS = 4;

  private final @Nullable String[] values = new @Nullable String[NAMES.size()];

  private CallQuery() {}

  static CallQuery of(HttpServletRequest request) {
    return parse(request.getQueryString());
  }

  /**
   * Parses a query. A blank before the digits of {@code to} and {@code from} is the plus sign of a
   * number, which was not encoded. Repeated values are joined with commas, as Spring does.
   *
   * @param query without its question mark; null if there is none
   */
  private static CallQuery parse(@Nullable String query) {
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

  /** Creates the body that has the same members. */
  @FunctionalInterface
  interface Creator<B> {
    B create(
        @Nullable String to,
        @Nullable String from,
        @Nullable CallDirection direction,
        @Nullable String at);
  }

  /**
   * Creates and validates the body that a platform would post with these values.
   *
   * @throws InvalidFieldsException with all invalid parameters
   */
  <B extends SelfValidating> B toBody(Creator<B> creator) {
    String direction = value(DIRECTION);
    CallDirection known = direction == null ? null : CallDirection.of(direction);
    B body = creator.create(value(TO), value(FROM), known, value(AT));
    boolean unknown = direction != null && known == null;
    List<FieldError> errors =
        new ArrayList<>(body.validate(unknown ? Set.of("direction") : Set.of()));
    if (unknown) {
      errors.add(
          FieldError.unexpected(
              "direction", String.valueOf(direction), "one of internal, inbound"));
    }
    if (!errors.isEmpty()) {
      throw new InvalidFieldsException(errors);
    }
    return body;
  }
}
