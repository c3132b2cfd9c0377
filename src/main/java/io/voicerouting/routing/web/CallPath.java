package io.voicerouting.routing.web;

import org.jspecify.annotations.Nullable;

/**
 * A path of a plain request: its identifiers are valid and need no decoding.
 *
 * @param organizationId 0 for {@link Operation#NUMBER_DECISION}
 * @param number the extension number for {@link Operation#EXTENSION}, else empty
 */
record CallPath(Operation operation, long organizationId, String number) {

  static final String ORGANIZATIONS = "/api/v1/organizations/";

  private static final String ROUTING = "/routing/";
  private static final String EXTENSIONS = "extensions/";
  private static final int MOST_DIGITS = 18; // any 18 digits fit a 64-bit id
  private static final int LONGEST_NUMBER = 16;

  /** What the request is for. */
  enum Operation {
    DECISION,
    NUMBER_DECISION,
    BUSINESS_HOURS,
    EXTENSION
  }

  /**
   * Parses a path; null if it is not one of a plain request. A regular expression would take longer
   * than a lookup.
   */
  static @Nullable CallPath parse(String path) {
    if (path.equals(NumberDecisionController.PATH)) {
      return new CallPath(Operation.NUMBER_DECISION, 0, "");
    }
    int start = ORGANIZATIONS.length();
    int end = path.startsWith(ORGANIZATIONS) ? path.indexOf(ROUTING, start) : -1;
    if (end < 0 || !isId(path, start, end)) {
      return null;
    }
    long organizationId = Long.parseLong(path, start, end, 10);
    String rest = path.substring(end + ROUTING.length());
    return switch (rest) {
      case "decision" -> new CallPath(Operation.DECISION, organizationId, "");
      case "business-hours" -> new CallPath(Operation.BUSINESS_HOURS, organizationId, "");
      default ->
          isExtension(rest)
              ? new CallPath(
                  Operation.EXTENSION, organizationId, rest.substring(EXTENSIONS.length()))
              : null;
    };
  }

  private static boolean isId(String path, int start, int end) {
    if (end == start || end - start > MOST_DIGITS || path.charAt(start) == '0') {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (path.charAt(i) < '0' || path.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Whether it ends with an extension number without {@code #}, which would be encoded. */
  private static boolean isExtension(String rest) {
    int length = rest.length() - EXTENSIONS.length();
    if (length < 1 || length > LONGEST_NUMBER || !rest.startsWith(EXTENSIONS)) {
      return false;
    }
    for (int i = EXTENSIONS.length(); i < rest.length(); i++) {
      char key = rest.charAt(i);
      if ((key < '0' || key > '9') && key != '*' && key != '+') {
        return false;
      }
    }
    return true;
  }
}
