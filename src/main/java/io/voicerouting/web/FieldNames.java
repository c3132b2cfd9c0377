package io.voicerouting.web;

import io.voicerouting.common.FieldError;
import jakarta.validation.ConstraintViolation;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamContext;

/** Names members as callers know them: {@code schedule.monday.time_ranges[0].end_time}. */
final class FieldNames {

  /** Name of the body itself. */
  static final String BODY = "body";

  /** Of a member that nobody knows, and whose name may be anything. */
  static final String UNKNOWN_MEMBER = "unknown member";

  private static final Pattern ELEMENT = Pattern.compile("\\.<[^>]*>");

  private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z0-9])([A-Z])");

  private FieldNames() {}

  /** Snake case of a Java name or property path. */
  static String snakeCase(String javaName) {
    return CAPITAL.matcher(javaName).replaceAll("_$1").toLowerCase(Locale.ROOT);
  }

  /** Where a parser stands. */
  static String of(TokenStreamContext context) {
    StringBuilder path = new StringBuilder();
    append(context, path);
    return path.isEmpty() ? BODY : path.toString();
  }

  /** A member of what stands at a path. */
  static String member(String path, String name) {
    return path.equals(BODY) ? name : path + "." + name;
  }

  /** Where Jackson gave up, as far as it knows. */
  static String of(JacksonException failure) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : failure.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.isEmpty() ? BODY : path.toString();
  }

  /** What a constraint was violated by. */
  static String of(ConstraintViolation<?> violation) {
    // An element of a list is "list[0].<list element>" there.
    String path = ELEMENT.matcher(violation.getPropertyPath().toString()).replaceAll("");
    return path.isEmpty() ? BODY : snakeCase(path);
  }

  /**
   * Whether one of the errors is about the field itself, something in it, or something it is in. An
   * unknown member is about none.
   */
  static boolean touches(List<FieldError> errors, String field) {
    return errors.stream()
        .filter(error -> !error.message().equals(UNKNOWN_MEMBER))
        .anyMatch(error -> contains(error.field(), field) || contains(field, error.field()));
  }

  private static boolean contains(String outer, String inner) {
    return outer.equals(BODY)
        || inner.equals(outer)
        || inner.startsWith(outer + ".")
        || inner.startsWith(outer + "[");
  }

  private static void append(TokenStreamContext context, StringBuilder path) {
    TokenStreamContext parent = context.getParent();
    if (parent != null) {
      append(parent, path);
    }
    if (context.inObject() && context.hasCurrentName()) {
      path.append(path.isEmpty() ? "" : ".").append(context.currentName());
    } else if (context.inArray() && context.hasCurrentIndex()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    }
  }
}
