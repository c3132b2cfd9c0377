package io.voicerouting.web;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.SelfValidating;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Validates request bodies by their annotations and by their own rules. */
final class BodyValidator {

  private static final String EXPECTED = "(expected:";

  private static final Pattern LIST_ELEMENT = Pattern.compile("\\.<[^>]*>");

  private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z0-9])([A-Z])");

  private final Validator validator;

  BodyValidator(Validator validator) {
    this.validator = validator;
  }

  /**
   * Validates a body.
   *
   * @param unreadable errors of members that could not be read and are null here; no further error
   *     is reported for them
   */
  List<FieldError> validate(Object body, List<FieldError> unreadable) {
    Stream<FieldError> violations =
        validator.validate(body).stream()
            .map(BodyValidator::asFieldError)
            .sorted(Comparator.comparing(FieldError::field));
    Stream<FieldError> ownRules =
        body instanceof SelfValidating rules
            ? rules.validate(fields(unreadable)).stream()
            : Stream.empty();
    return Stream.concat(violations, ownRules)
        .filter(error -> unreadable.stream().noneMatch(other -> overlap(error, other)))
        .limit(InvalidFieldsException.MAX_ERRORS + 1L)
        .toList();
  }

  private static Set<String> fields(List<FieldError> errors) {
    return errors.stream().map(FieldError::field).collect(Collectors.toSet());
  }

  private static FieldError asFieldError(ConstraintViolation<?> violation) {
    String message = violation.getMessage();
    if (violation.getConstraintDescriptor().getAnnotation() instanceof NotNull) {
      message = "is required";
    } else if (message.startsWith(EXPECTED)) {
      String expected = message.substring(EXPECTED.length(), message.length() - 1).strip();
      message = FieldError.describe(violation.getInvalidValue(), expected);
    }
    // Bean Validation names an element of a list "list[0].<list element>".
    String path = LIST_ELEMENT.matcher(violation.getPropertyPath().toString()).replaceAll("");
    String field = path.isEmpty() ? JsonBodyReader.BODY : toSnakeCase(path);
    return new FieldError(field, message);
  }

  private static String toSnakeCase(String javaName) {
    return CAPITAL.matcher(javaName).replaceAll("_$1").toLowerCase(Locale.ROOT);
  }

  /** Whether one error is about the same field as the other, or about a member of that field. */
  private static boolean overlap(FieldError error, FieldError unreadable) {
    return !unreadable.message().equals(JsonBodyReader.UNKNOWN_MEMBER)
        && (contains(error.field(), unreadable.field())
            || contains(unreadable.field(), error.field()));
  }

  private static boolean contains(String outer, String inner) {
    return outer.equals(JsonBodyReader.BODY)
        || inner.equals(outer)
        || inner.startsWith(outer + ".")
        || inner.startsWith(outer + "[");
  }
}
